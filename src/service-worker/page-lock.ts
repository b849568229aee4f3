/** Every page holds a shared lock of this name and its entry script's address: it tells which versions are in use. */
export const PAGE_LOCK = 'ticketmint-page ';
