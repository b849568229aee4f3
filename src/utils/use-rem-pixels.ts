import { useState } from 'react';

/** How many pixels a rem is on this device: 16, unless its owner reads larger or smaller text. */
export function useRemPixels(): number {
  const [pixels] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
  return pixels;
}
