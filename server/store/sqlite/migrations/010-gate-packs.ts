/** An event may have names shown at its gates. Of a scan it is kept whether its ticket was found by a typed short code. */
export const gatePacks = `
ALTER TABLE event ADD COLUMN gate_names INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scan ADD COLUMN typed INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER gate_change_names_switched AFTER UPDATE OF gate_names ON event WHEN new.gate_names <> old.gate_names BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.id);
END;
`;
