/**
 * Scans at gates, and what follows from them, kept so that nothing has to be counted: how each ticket stands, the same as
 * bitmaps, double entries, and admissions by minute. `gate_change` numbers what verification needs, as it changes.
 */
export const checkIns = `
CREATE TABLE scan (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL REFERENCES event (id),
  nonce TEXT NOT NULL UNIQUE,
  batch_id TEXT NOT NULL REFERENCES batch (id),
  serial INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('enter', 'exit', 'undo', 'override')),
  at INTEGER NOT NULL,
  device TEXT NOT NULL,
  gate TEXT NOT NULL,
  again INTEGER NOT NULL,
  reason TEXT,
  undoes TEXT,
  received_at INTEGER NOT NULL,
  received_from TEXT NOT NULL
) STRICT;
CREATE INDEX scan_ticket ON scan (batch_id, serial);
CREATE INDEX scan_event ON scan (event_id, seq);

CREATE TABLE ticket_use (
  batch_id TEXT NOT NULL REFERENCES batch (id),
  serial INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('unused', 'inside', 'outside')),
  at INTEGER,
  gate TEXT,
  PRIMARY KEY (batch_id, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_use_event ON ticket_use (event_id, seq);

CREATE TABLE used_page (
  batch_id TEXT NOT NULL REFERENCES batch (id),
  page INTEGER NOT NULL,
  used BLOB NOT NULL,
  inside BLOB NOT NULL,
  PRIMARY KEY (batch_id, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_conflict (
  nonce TEXT PRIMARY KEY,
  event_id TEXT NOT NULL REFERENCES event (id),
  batch_id TEXT NOT NULL,
  serial INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kept TEXT NOT NULL,
  doubled TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX scan_conflict_event ON scan_conflict (event_id, at);
CREATE INDEX scan_conflict_ticket ON scan_conflict (batch_id, serial);

CREATE TABLE admission_minute (
  event_id TEXT NOT NULL REFERENCES event (id),
  minute INTEGER NOT NULL,
  admitted INTEGER NOT NULL,
  exited INTEGER NOT NULL,
  PRIMARY KEY (event_id, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE admission (
  event_id TEXT NOT NULL REFERENCES event (id),
  gate TEXT NOT NULL,
  type_index INTEGER NOT NULL,
  admitted INTEGER NOT NULL,
  exited INTEGER NOT NULL,
  PRIMARY KEY (event_id, gate, type_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE admission_rules (
  event_id TEXT PRIMARY KEY REFERENCES event (id),
  capacity INTEGER,
  early_ms INTEGER NOT NULL,
  late_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gate_change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL REFERENCES event (id),
  batch_id TEXT,
  revocation_id INTEGER
) STRICT;
CREATE INDEX gate_change_event ON gate_change (event_id, seq);

CREATE TRIGGER gate_change_event_updated AFTER UPDATE OF name, time_zone, starts_at, ends_at ON event BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.id);
END;
CREATE TRIGGER gate_change_type_made AFTER INSERT ON ticket_type BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.event_id);
END;
CREATE TRIGGER gate_change_type_updated AFTER UPDATE OF name, colour, not_before, not_after ON ticket_type BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.event_id);
END;
CREATE TRIGGER gate_change_gate_made AFTER INSERT ON gate BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.event_id);
END;
CREATE TRIGGER gate_change_gate_updated AFTER UPDATE ON gate BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.event_id);
END;
CREATE TRIGGER gate_change_rules_made AFTER INSERT ON admission_rules BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.event_id);
END;
CREATE TRIGGER gate_change_rules_updated AFTER UPDATE ON admission_rules BEGIN
  INSERT INTO gate_change (event_id) VALUES (new.event_id);
END;
CREATE TRIGGER gate_change_batch_made AFTER INSERT ON batch BEGIN
  INSERT INTO gate_change (event_id, batch_id) VALUES (new.event_id, new.id);
END;
CREATE TRIGGER gate_change_revoked AFTER INSERT ON revocation BEGIN
  INSERT INTO gate_change (event_id, batch_id, revocation_id) VALUES (new.event_id, new.batch_id, new.id);
END;
CREATE TRIGGER gate_change_unrevoked AFTER UPDATE OF undone_at ON revocation BEGIN
  INSERT INTO gate_change (event_id, batch_id) VALUES (new.event_id, new.batch_id);
END;
CREATE TRIGGER gate_change_quarantined AFTER INSERT ON chunk_verification WHEN new.bad_serials IS NOT NULL BEGIN
  INSERT INTO gate_change (event_id, batch_id)
  SELECT batch.event_id, batch.id FROM chunk JOIN batch ON batch.id = chunk.batch_id WHERE chunk.id = new.chunk_id;
END;

-- What was there before is as changed.
INSERT INTO gate_change (event_id) SELECT id FROM event;
INSERT INTO gate_change (event_id, batch_id) SELECT event_id, id FROM batch;
`;
