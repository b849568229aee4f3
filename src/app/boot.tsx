import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { meQuery } from '../features/session/api/get-me.ts';
import { CLEAR_MARK, DEVICE_LOCK, isMarked } from '../features/session/device-marks.ts';
import { language } from '../localisation/language.ts';
import { App } from './app.tsx';
import { queryClient } from './query-client.ts';
import { startEarly } from './start-early.ts';

if (isMarked(CLEAR_MARK)) await (await import('../features/session/clear-device.ts')).clearDevice();
void navigator.locks?.request(DEVICE_LOCK, { mode: 'shared' }, () => new Promise(() => {}));

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html: expected an element #root');
const page = createRoot(root);
// Asked for beside the words: the first page needs both.
if (isSecureContext) void queryClient.prefetchQuery(meQuery);
await language.start();
if (isSecureContext) startEarly();
// In slices of a few milliseconds, between which the page hears taps.
startTransition(() =>
  page.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
