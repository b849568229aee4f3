import '@mantine/core/styles.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html: expected an element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
