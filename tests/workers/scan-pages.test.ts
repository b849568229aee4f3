import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordedScan } from '../../core/api/gate.ts';
import { exportFaultOf } from '../../core/export/fault-error.ts';
import { ScanCount } from '../../workers/export/open-check-ins.ts';
import { scanPages } from '../../workers/export/scan-pages.ts';

const EVENT = 'event0000001';
/** Numbers have gaps, as all events share them. */
const seqOf = (index: number) => 2 * index + 1;

function scanOf(index: number): RecordedScan {
  const nonce = index.toString(16).padStart(32, '0');
  const ids = { batch: 'aaaaaaaaaaaa', device: 'device000001', gate: 'gatea0000000' };
  const at = 1_800_000_000_000 + index;
  return { ...ids, nonce, serial: index + 1, kind: 'enter', at, seq: seqOf(index), receivedAt: at, effect: 'counted' };
}

const server = vi.spyOn(globalThis, 'fetch');
/** Scans that it has. */
let count = 0;
/** What it says before it answers as it should. */
let refusals: Response[] = [];

beforeEach(() => {
  count = 2_500;
  refusals = [];
  server.mockReset();
  server.mockImplementation(async (input) => {
    const refusal = refusals.shift();
    if (refusal !== undefined) return refusal;
    const { pathname, searchParams } = new URL((input as Request).url);
    expect(pathname).toBe(`/api/events/${EVENT}/scans`);
    const [after, limit] = [Number(searchParams.get('after')), Number(searchParams.get('limit'))];
    const all = Array.from({ length: count }, (_, index) => scanOf(index));
    return Response.json(all.filter(({ seq }) => seq > after).slice(0, limit));
  });
});
afterEach(() => expect(refusals).toEqual([]));

const { signal } = new AbortController();
const pagesOf = (asked = count) => scanPages(EVENT, { count: asked, lastSeq: seqOf(asked - 1) }, signal);

async function readAll(pages: AsyncIterable<readonly RecordedScan[]>): Promise<number[]> {
  const serials: number[] = [];
  for await (const page of pages) serials.push(...page.map(({ serial }) => serial));
  return serials;
}

const faultOf = (reading: Promise<unknown>) => reading.then(() => null, exportFaultOf);

describe('the pages of scans', () => {
  it('are read one ahead, and hold each scan once', async () => {
    const pages = pagesOf();
    for (const requests of [2, 3, 3]) {
      expect((await pages.next()).done).toBe(false);
      // The next is asked for before this one is written, and no more than that.
      await vi.waitFor(() => expect(server).toHaveBeenCalledTimes(requests));
    }
    expect((await pages.next()).done).toBe(true);
    expect(await readAll(pagesOf())).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
  });

  it('end with the last scan that was there when they were asked for', async () => {
    expect(await readAll(pagesOf(1_400))).toHaveLength(1_400);
    expect(await readAll(scanPages(EVENT, { count: 0, lastSeq: 0 }, signal))).toEqual([]);
  });

  it('say so where the server has others than were counted', async () => {
    const pages = pagesOf();
    count = 2_100;
    expect(await faultOf(readAll(pages))).toEqual({ code: 'scans-changed', expected: 2_500, found: 2_100 });
    expect(await faultOf(readAll(scanPages(EVENT, { count: 7, lastSeq: seqOf(9) }, signal)))).toEqual({
      code: 'scans-changed',
      expected: 7,
      found: 10,
    });
  });

  it('are asked for again where the server is busy, and fail with words where nobody is signed in', async () => {
    refusals = [new Response(null, { status: 503, headers: { 'Retry-After': '0' } })];
    expect(await readAll(pagesOf())).toHaveLength(2_500);
    refusals = [new Response(null, { status: 401 })];
    expect(await faultOf(readAll(pagesOf()))).toEqual({ code: 'scans-signed-out' });
    refusals = [new Response('<html>Sign in to this network</html>')];
    expect(await faultOf(readAll(pagesOf()))).toEqual({ code: 'scans-unreachable' });
  });

  it('end with the signal’s reason', async () => {
    const controller = new AbortController();
    const pages = scanPages(EVENT, { count, lastSeq: seqOf(count - 1) }, controller.signal);
    await pages.next();
    controller.abort(new Error('cancelled'));
    await expect(readAll(pages)).rejects.toThrow('cancelled');
  });

  it('are counted up to a scan of the last one', async () => {
    const counted = new ScanCount();
    const pages = counted.watch(pagesOf());
    await pages.next();
    await pages.next();
    expect(counted.upTo(undefined)).toBe(2_000);
    expect(counted.upTo(scanOf(1_004).nonce)).toBe(1_005);
  });
});
