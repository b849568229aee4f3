/** The language of an event's tickets and messages; events that had none keep that of the first version. */
export const eventLanguage = `
ALTER TABLE event ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
`;
