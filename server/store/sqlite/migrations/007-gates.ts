/** Gates, the devices that are paired with them, and pairings under way; of codes and sessions only hashes. */
export const gates = `
CREATE TABLE gate (
  id TEXT PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES event (id),
  name TEXT NOT NULL,
  types TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('entry', 'exit', 'both')),
  reentry INTEGER NOT NULL,
  capacity INTEGER,
  undo INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  archived_at INTEGER
) STRICT;
CREATE INDEX gate_event ON gate (event_id);

CREATE TABLE gate_device (
  id TEXT PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES event (id),
  gate_id TEXT NOT NULL REFERENCES gate (id),
  name TEXT NOT NULL,
  token_hash BLOB CHECK (length(token_hash) = 32),
  paired_at INTEGER NOT NULL,
  last_contact_at INTEGER,
  last_sync_at INTEGER,
  battery_percent INTEGER,
  battery_charging INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX gate_device_event ON gate_device (event_id);
CREATE INDEX gate_device_gate ON gate_device (gate_id);

CREATE TABLE gate_pairing (
  id TEXT PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES event (id),
  gate_id TEXT NOT NULL REFERENCES gate (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'confirmed', 'refused')),
  expires_at INTEGER NOT NULL,
  code_hash BLOB CHECK (length(code_hash) = 32),
  claim_hash BLOB CHECK (length(claim_hash) = 32),
  secret_hash BLOB CHECK (length(secret_hash) = 32),
  device_name TEXT,
  device_id TEXT REFERENCES gate_device (id)
) STRICT;
CREATE INDEX gate_pairing_event ON gate_pairing (event_id);
`;
