/**
 * The first tables. `chunk.body` comes last, so that reading the other columns touches none of its pages; results of
 * verification stand in a table of their own, because updating a row would rewrite its body.
 */
export const initial = `
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  currency TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE ticket_type (
  event_id TEXT NOT NULL REFERENCES event (id),
  type_index INTEGER NOT NULL CHECK (type_index BETWEEN 0 AND 255),
  name TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  colour TEXT NOT NULL,
  capacity INTEGER,
  not_before INTEGER,
  not_after INTEGER,
  declared INTEGER NOT NULL DEFAULT 0 CHECK (declared >= 0),
  archived_at INTEGER,
  PRIMARY KEY (event_id, type_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  id TEXT PRIMARY KEY,
  event_id TEXT NOT NULL,
  type_index INTEGER NOT NULL,
  public_key TEXT NOT NULL UNIQUE,
  count INTEGER NOT NULL,
  chunk_size INTEGER NOT NULL,
  not_before INTEGER,
  not_after INTEGER,
  run_id TEXT NOT NULL,
  key_protection TEXT NOT NULL,
  proof TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'sealed')),
  seal_reason TEXT,
  sealed_at INTEGER,
  declared_at INTEGER NOT NULL,
  declared_by TEXT NOT NULL,
  stored INTEGER NOT NULL DEFAULT 0,
  verified INTEGER NOT NULL DEFAULT 0,
  quarantined INTEGER NOT NULL DEFAULT 0,
  revoked INTEGER NOT NULL DEFAULT 0,
  personalised INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (event_id, type_index) REFERENCES ticket_type (event_id, type_index)
) STRICT;
CREATE INDEX batch_event ON batch (event_id, declared_at);

CREATE TABLE chunk (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id TEXT NOT NULL REFERENCES batch (id),
  seq INTEGER NOT NULL,
  first_serial INTEGER NOT NULL,
  count INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  content_sha256 BLOB NOT NULL CHECK (length(content_sha256) = 32),
  body BLOB NOT NULL,
  UNIQUE (batch_id, seq)
) STRICT;

CREATE TABLE chunk_verification (
  chunk_id INTEGER PRIMARY KEY REFERENCES chunk (id),
  verified_at INTEGER NOT NULL,
  bad_serials TEXT
) STRICT;

CREATE TABLE revocation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL REFERENCES event (id),
  batch_id TEXT NOT NULL REFERENCES batch (id),
  from_serial INTEGER NOT NULL,
  to_serial INTEGER NOT NULL CHECK (to_serial >= from_serial),
  reason TEXT NOT NULL,
  by_seal INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX revocation_event ON revocation (event_id);
CREATE INDEX revocation_batch ON revocation (batch_id);

CREATE TABLE correction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id TEXT NOT NULL REFERENCES batch (id),
  serial INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;
CREATE INDEX correction_batch ON correction (batch_id, serial);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- better-auth's tables, with its own names; it writes dates as ISO 8601 text.
CREATE TABLE "user" (
  "id" TEXT PRIMARY KEY,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL UNIQUE,
  "emailVerified" INTEGER NOT NULL,
  "image" TEXT,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('admin', 'coordinator', 'gate'))
) STRICT;

CREATE TABLE "session" (
  "id" TEXT PRIMARY KEY,
  "expiresAt" TEXT NOT NULL,
  "token" TEXT NOT NULL UNIQUE,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL,
  "ipAddress" TEXT,
  "userAgent" TEXT,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "session_userId_idx" ON "session" ("userId");

CREATE TABLE "account" (
  "id" TEXT PRIMARY KEY,
  "accountId" TEXT NOT NULL,
  "providerId" TEXT NOT NULL,
  "userId" TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  "accessToken" TEXT,
  "refreshToken" TEXT,
  "idToken" TEXT,
  "accessTokenExpiresAt" TEXT,
  "refreshTokenExpiresAt" TEXT,
  "scope" TEXT,
  "password" TEXT,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL
) STRICT;
CREATE INDEX "account_userId_idx" ON "account" ("userId");

CREATE TABLE "verification" (
  "id" TEXT PRIMARY KEY,
  "identifier" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "expiresAt" TEXT NOT NULL,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL
) STRICT;
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");
`;
