/** Exports as they were set up once, under a name, shared within their event. */
export const exportTemplates = `
CREATE TABLE export_template (
  event_id TEXT NOT NULL REFERENCES event (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  plan TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (event_id, id)
) STRICT, WITHOUT ROWID;
`;
