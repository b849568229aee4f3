import '@mantine/core/styles.css';
import './app/global.css';
import './first-view/first-view.css';
import { showFirstView } from './first-view/first-view.ts';
import { PAGE_LOCK } from './service-worker/page-lock.ts';

// Held until the page is gone: while it is, the service worker keeps the code of this version. Insecure pages have no locks.
const { pathname } = new URL(import.meta.url);
void navigator.locks?.request(PAGE_LOCK + pathname, { mode: 'shared' }, () => new Promise(() => {}));
// A page that the browser kept when it was left comes back without its locks.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

const start = document.querySelector<HTMLElement>('.start');
if (start === null) throw new TypeError('index.html: expected an element .start');
showFirstView(start);
// The rest is on its way already: `index.html` asks for it after what the first view needs.
await import('./app/boot.tsx');
