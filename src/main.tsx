import '@mantine/core/styles.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { queryClient } from './app/query-client.ts';
import { startEarly } from './app/start-early.ts';
import { meQuery } from './features/session/api/get-me.ts';
import { CLEAR_MARK, DEVICE_LOCK, isMarked } from './features/session/device-marks.ts';
import { language } from './localisation/language.ts';
import { PAGE_LOCK } from './service-worker/page-lock.ts';

// Held until the page is gone: while it is, the service worker keeps the code of this version. Insecure pages have neither.
const { pathname } = new URL(import.meta.url);
void navigator.locks?.request(PAGE_LOCK + pathname, { mode: 'shared' }, () => new Promise(() => {}));
// A page that the browser kept when it was left comes back without its locks.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

if (isMarked(CLEAR_MARK)) await (await import('./features/session/clear-device.ts')).clearDevice();
void navigator.locks?.request(DEVICE_LOCK, { mode: 'shared' }, () => new Promise(() => {}));

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html: expected an element #root');
const page = createRoot(root);
// Asked for beside the words: the first page needs both.
if (isSecureContext) void queryClient.prefetchQuery(meQuery);
await language.start();
if (isSecureContext) startEarly();
page.render(
  <StrictMode>
    <App />
  </StrictMode>,
);
