import { sha256 } from '@noble/hashes/sha2.js';
import { proxy } from 'comlink';
import Papa from 'papaparse';
import type { ExportOutcome } from '../../../core/export/job.ts';
import { bytesToHex, parseToken } from '../../../core/ticket/token.ts';
import { relaxedDatabase } from '../../../src/database/database.ts';
import { startWorker } from '../../../workers/bridge.ts';
import { stagedFiles } from '../../../workers/export/staging.ts';
import { expect, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';
import { emailOf, holderOf, seatOf } from '../records.ts';
import { exportRequest } from './export-request.ts';

const COLUMN_IDS = [
  'serial',
  'code',
  'token',
  'event',
  'typeName',
  'holder',
  'email',
  'seat',
  'price',
  'status',
  'mintedAt',
];
/** Every line is counted and its serial read; one in so many is read whole. */
const SAMPLE_EVERY = 97;

/** The product's own export of what is buffered, into the browser's files; the clock includes starting the worker. */
export async function createScenario({ rows }: ScenarioOptions): Promise<Scenario> {
  await relaxedDatabase().open();
  let outcome: ExportOutcome | undefined;
  return {
    async run() {
      let firstByteMs = 0;
      const startedAt = performance.now();
      const worker = startWorker('export');
      outcome = await worker.call((api) =>
        api.run(
          exportRequest('csv', rows, { bom: false, columns: COLUMN_IDS.map((id) => ({ id })) }),
          proxy(({ bytes }) => {
            // A report comes up to 100 ms after what it reports: an upper bound.
            if (bytes > 0 && firstByteMs === 0) firstByteMs = performance.now() - startedAt;
          }),
        ),
      );
      const seconds = (performance.now() - startedAt) / 1_000;
      worker.terminate();
      return { seconds, bytes: outcome.manifest.bytes, figures: { firstByteMs } };
    },
    async check() {
      expect(outcome !== undefined && outcome.staged.length === 1, 'there is no file');
      await checkFile(outcome, rows);
    },
  };
}

async function checkFile({ manifest, staged }: ExportOutcome, rows: number): Promise<void> {
  const [file] = await stagedFiles(staged);
  expect(file !== undefined && file.size === manifest.bytes, 'the file is not as long as its manifest says');
  expect(manifest.records === rows && manifest.rejectedCount === 0, `${manifest.records} records were written`);
  const hash = sha256.create();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let serial = 0;
  for await (const bytes of file.stream()) {
    hash.update(bytes);
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) checkLine(line, serial++);
  }
  expect(rest === '' && serial === rows + 1, `${serial} lines`);
  expect(bytesToHex(hash.digest()) === manifest.sha256, 'the file has another hash than its manifest');
}

/** Line 0 is the header; no field has a line break. */
function checkLine(line: string, serial: number): void {
  expect(
    line.startsWith(serial === 0 ? 'Serial,Code,Token,' : `${serial},`),
    `line ${serial} begins with ${line.slice(0, 20)}`,
  );
  if (serial === 0 || serial % SAMPLE_EVERY !== 0) return;
  const [, , token, , type, holder, email, seat, price, status] = Papa.parse<string[]>(line).data[0] ?? [];
  expect(parseToken(token ?? '')?.serial === serial, `line ${serial} has another's token`);
  const name = holderOf(serial);
  const cells = [type, holder, email, seat, price, status].join('|');
  const wanted = [
    'General',
    name.startsWith('=') ? `'${name}` : name,
    emailOf(serial),
    seatOf(serial),
    '499.00',
    'valid',
  ];
  expect(cells === wanted.join('|'), `line ${serial}: ${cells}`);
}
