/** pdf.js ships no types for it; it is only handed on. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
