/** The cache that holds fonts on the device: the service worker answers from it, exports fill it. */
export const FONT_CACHE = 'fonts';
