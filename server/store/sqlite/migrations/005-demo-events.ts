/** Events made to try things out, and batches whose tickets never pass in earnest. */
export const demoEvents = `
ALTER TABLE event ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN rehearsal INTEGER NOT NULL DEFAULT 0;
`;
