import '@mantine/core/styles.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/app.tsx';

// The content security policy forbids eval, which zod would use to make faster parsers.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html: expected an element #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
