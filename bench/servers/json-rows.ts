import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { PeerTicket } from '../harness/scenario.ts';

/**
 * The peer of uploading: tickets as JSON, a row each with two indices, one durable transaction a request. The same
 * runtime, framework, database and durability as ours; no sign-in, no checks.
 */
const database = new DatabaseSync(join(process.env.TICKETMINT_DATA ?? '', 'rows.sqlite'));
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE ticket (
    id INTEGER PRIMARY KEY, serial INTEGER NOT NULL, code TEXT NOT NULL, token TEXT NOT NULL, batch_id TEXT NOT NULL,
    type_index INTEGER NOT NULL, status TEXT NOT NULL, minted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ticket_code ON ticket (code);
  CREATE UNIQUE INDEX ticket_serial ON ticket (batch_id, serial);
`);
const insert = database.prepare(
  'INSERT INTO ticket (serial, code, token, batch_id, type_index, status, minted_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
);
const count = database.prepare('SELECT count(*) AS count, count(DISTINCT token) AS tokens FROM ticket');

const app = new Hono();
app.post('/peer/tickets', async (c) => {
  const tickets = await c.req.json<PeerTicket[]>();
  database.exec('BEGIN IMMEDIATE');
  for (const { serial, code, token, batchId, typeIndex, status, mintedAt } of tickets)
    insert.run(serial, code, token, batchId, typeIndex, status, mintedAt);
  database.exec('COMMIT');
  return c.json({ stored: tickets.length }, 201);
});
app.get('/peer/count', (c) => c.json(count.get() ?? {}));
app.use(serveStatic({ root: process.env.BENCH_PAGES ?? '' }));

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
