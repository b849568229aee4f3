/**
 * An event may ask for an administrator's approval before gates get a batch. Batches that were there before nobody was
 * asked about: gates know them already.
 */
export const batchApproval = `
ALTER TABLE event ADD COLUMN approval INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN approved_at INTEGER;
ALTER TABLE batch ADD COLUMN approved_by TEXT;
UPDATE batch SET approved_at = declared_at;

CREATE TRIGGER gate_change_batch_approved AFTER UPDATE OF approved_at ON batch BEGIN
  INSERT INTO gate_change (event_id, batch_id) VALUES (new.event_id, new.id);
END;
`;
