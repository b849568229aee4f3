/** The languages that the interface speaks, tickets are printed and messages are written in (BCP 47). */
export const LANGUAGES = ['en', 'hi', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];
