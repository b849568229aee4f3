import { type MeasureOptions, measure, type Sample } from '../harness/chromium.ts';
import { type CaseResult, type Contender, compare, medianOf, type Target } from '../harness/compare.ts';
import type { PeerUpload } from '../harness/scenario.ts';
import { openEvent, startServer } from '../harness/server-process.ts';
import { pairsFor, type SuiteContext } from './suite.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const UPLOAD_ROWS = 100_000;
/** The seed system is so slow that it gets a few rows, and its time is extrapolated. */
const SEED_ROWS = 1_000;
const MOST_GROWTH_MB = 64;
/** Ten times the tickets in at most so many times the time, for ten being linear. */
const LINEAR = 12;

/** From the click to the last acknowledgement against the real server, and uploading alone beside JSON into rows. */
export async function ingestSuite({ pages, rows, report }: SuiteContext): Promise<void> {
  const results: CaseResult[] = [];
  for (const size of rows === undefined ? SIZES : [rows]) {
    const result = await compareWhole(pages, size, results);
    results.push(result);
    report(result);
  }
  report(await compareUpload(pages, rows ?? UPLOAD_ROWS));
}

/** Ours, on a fresh server with a fresh event; the measured visit is signed in. */
function ours(pages: string, size: number, scenario: string, fill?: string): Contender {
  return {
    name: 'ticketmint',
    async measure() {
      const server = await startServer('ours', pages);
      try {
        const { cookies, eventId } = await openEvent(server);
        return await measure({
          origin: server.origin,
          scenario,
          options: { rows: size, eventId },
          serverPid: server.pid,
          cookies,
          ...(fill === undefined ? {} : { fill }),
        });
      } finally {
        await server.close();
      }
    },
  };
}

async function measureJson(pages: string, rows: number, upload: PeerUpload): Promise<Sample> {
  const server = await startServer('json-rows', pages);
  try {
    const options: MeasureOptions['options'] = { rows, variant: JSON.stringify(upload) };
    return await measure({ origin: server.origin, scenario: 'ingest-json', options, serverPid: server.pid });
  } finally {
    await server.close();
  }
}

function seedSystem(pages: string, size: number): Contender {
  return {
    name: `seed system: 50 a request, 50 ms pauses (${SEED_ROWS.toLocaleString('en')} rows, extrapolated)`,
    async measure() {
      const sample = await measureJson(pages, SEED_ROWS, { chunkSize: 50, parallel: 1, pauseMs: 50 });
      const factor = size / SEED_ROWS;
      return { ...sample, seconds: sample.seconds * factor, bytes: sample.bytes * factor };
    },
  };
}

function compareWhole(pages: string, size: number, before: readonly CaseResult[]): Promise<CaseResult> {
  return compare({
    suite: 'ingest',
    name: 'click to last acknowledgement',
    rows: size,
    pairs: pairsFor(size),
    ours: ours(pages, size, 'ingest-whole'),
    peers: [seedSystem(pages, size)],
    targets(side) {
      const seconds = medianOf(side, (sample) => sample.seconds);
      const targets: Target[] = [
        { what: 'tickets a second', unit: '/s', actual: size / seconds, bound: { atLeast: 8_000 } },
        {
          what: 'longest task of the page',
          unit: ' ms',
          actual: Math.max(...side.samples.map(({ figures }) => figures?.longestTaskMs ?? 0)),
          bound: { atMost: 50 },
        },
      ];
      const [smallest, previous] = [before[0], before.at(-1)];
      if (smallest === undefined || previous === undefined) return targets;
      const previousSeconds = medianOf(previous.ours, (sample) => sample.seconds);
      const growth = (figure: (sample: Sample) => number) => medianOf(side, figure) - medianOf(smallest.ours, figure);
      return [
        ...targets,
        {
          what: `times the time of ${previous.rows.toLocaleString('en')} rows`,
          unit: ' ×',
          actual: seconds / previousSeconds,
          bound: { atMost: (LINEAR * size) / previous.rows / 10 },
        },
        {
          what: `renderer's peak over that at ${smallest.rows.toLocaleString('en')} rows`,
          unit: ' MB',
          actual: growth(({ usage }) => usage.rendererMb),
          bound: { atMost: MOST_GROWTH_MB },
        },
        {
          what: `server's peak over that at ${smallest.rows.toLocaleString('en')} rows`,
          unit: ' MB',
          actual: growth(({ usage }) => usage.serverMb ?? 0),
          bound: { atMost: MOST_GROWTH_MB },
        },
      ];
    },
  });
}

function compareUpload(pages: string, size: number): Promise<CaseResult> {
  return compare({
    suite: 'ingest',
    name: 'upload alone, already buffered',
    rows: size,
    pairs: pairsFor(size),
    ours: ours(pages, size, 'ingest-upload', 'ingest-fill'),
    peers: [
      {
        name: 'JSON, 500 a request, four at a time, a row a ticket',
        measure: () => measureJson(pages, size, { chunkSize: 500, parallel: 4, pauseMs: 0 }),
      },
      {
        name: 'JSON, 50 a request, one at a time, a row a ticket',
        measure: () => measureJson(pages, size, { chunkSize: 50, parallel: 1, pauseMs: 0 }),
      },
    ],
    targets: (_, [json]) => [
      { what: `times ${json?.name}`, unit: ' ×', actual: json?.ratio ?? 0, bound: { atLeast: 1.5 } },
    ],
  });
}
