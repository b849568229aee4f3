/** When a batch was last heard of: its last chunk, or its declaration. */
export const batchActivity = `
ALTER TABLE batch ADD COLUMN active_at INTEGER NOT NULL DEFAULT 0;
UPDATE batch
SET active_at = coalesce((SELECT max(stored_at) FROM chunk WHERE batch_id = batch.id), declared_at);
`;
