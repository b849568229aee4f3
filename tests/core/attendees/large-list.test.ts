import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectListFile, readListRecords } from '../../../core/attendees/list-file.ts';
import { listReader } from '../../../core/attendees/list-reader.ts';
import { optionsFor } from './fixtures.ts';

const IS_FULL = (process.env.TICKETMINT_FULL ?? '') !== '';
const ROWS = IS_FULL ? 1_000_000 : 100_000;
/** What finding duplicates among 1,000,000 references and as many e-mails may take, and the garbage of a few pieces. */
const MAX_GROWTH = 96 * 1024 * 1024;

function* linesOf(rows: number): Generator<string> {
  yield 'Full name,E-mail,Phone,Ticket type,Seat,Reference,Notes\r\n';
  for (let row = 0; row < rows; row++)
    yield `Guest ${row},g${row}@example.org,+9163001${row},VIP,A-1-${row},R-${row},"a ""note"", ${row}"\r\n`;
}

describe(`a list of ${ROWS.toLocaleString('en')} rows`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ticketmint-list-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is read at flat memory', { timeout: 120_000 }, async () => {
    const path = join(folder, 'list.csv');
    await pipeline(Readable.from(linesOf(ROWS)), createWriteStream(path));
    const file = await openAsBlob(path);
    const options = optionsFor(await inspectListFile(file));
    const reader = listReader(options);
    const base = memoryInUse();
    let peak = base;
    let usable = 0;
    let pieces = 0;
    const signal = new AbortController().signal;
    for await (const records of readListRecords(file, options.source, { signal, onProgress() {} })) {
      for (const record of records) if (reader.read(record) !== undefined) usable++;
      if (++pieces % 100 === 0) peak = Math.max(peak, memoryInUse());
    }
    expect(usable).toBe(ROWS);
    expect(peak - base).toBeLessThan(MAX_GROWTH);
  });
});

function memoryInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
