import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer, type ServerFixture } from './server-fixture.ts';

const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url));
let staticFolder: string;
let fixture: ServerFixture;

beforeAll(async () => {
  staticFolder = mkdtempSync(join(tmpdir(), 'ticketmint-dist-'));
  writeFileSync(join(staticFolder, 'index.html'), '<!doctype html><title>Ticketmint</title>');
  // As Vite does.
  cpSync(PUBLIC, staticFolder, { recursive: true });
  fixture = await openServer({}, { staticFolder });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  rmSync(staticFolder, { recursive: true, force: true });
});

test.each([
  ['/schemas/export-1.xsd', 'application/xml'],
  ['/schemas/export-1.schema.json', 'application/json'],
])('the schema of exports is served to anybody at %s', async (path, type) => {
  const response = await fixture.raw(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(type);
  expect(await response.text()).toBe(readFileSync(join(PUBLIC, path), 'utf8'));
});
