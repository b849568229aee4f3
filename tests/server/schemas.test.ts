import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer, type ServerFixture } from './server-fixture.ts';

const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url));
let fixture: ServerFixture;

beforeAll(async () => {
  // What Vite copies into the built application as it is.
  fixture = await openServer({}, { staticFolder: PUBLIC });
});
afterAll(() => fixture[Symbol.asyncDispose]());

test.each([
  ['/schemas/export-1.xsd', 'application/xml'],
  ['/schemas/export-1.schema.json', 'application/json'],
])('the schema of exports is served to anybody at %s', async (path, type) => {
  const response = await fixture.raw(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(type);
  expect(await response.text()).toBe(readFileSync(join(PUBLIC, path), 'utf8'));
});
