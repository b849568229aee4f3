import { type CaseResult, isMet, medianOf, type Side, type Target } from './compare.ts';

/** One line of the JSON file, and of each peer in it. */
interface Figures {
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly peakRssMb: number;
  readonly bytes: number;
}

function figuresOf(side: Side, rows: number): Figures {
  const seconds = medianOf(side, (sample) => sample.seconds);
  return {
    seconds: round(seconds, 4),
    rowsPerSecond: Math.round(rows / seconds),
    peakRssMb: round(
      medianOf(side, ({ usage }) => usage.rendererMb),
      1,
    ),
    bytes: medianOf(side, ({ bytes }) => bytes),
  };
}

/** What `--json` writes. */
export function toJson(results: readonly CaseResult[]): string {
  const entries = results.map(({ suite, name, rows, ours, peers }) => ({
    suite,
    case: name,
    rows,
    ...figuresOf(ours, rows),
    peers: peers.map((peer) => ({ name: peer.name, ...figuresOf(peer, rows) })),
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** Prints a case: who, how fast, our ratio to them, memory; then each target and whether it is met. */
export function printCase(result: CaseResult): void {
  const { suite, name, rows, ours, peers, targets } = result;
  console.log(`\n${suite} · ${name} · ${rows.toLocaleString('en')} rows`);
  console.table(
    Object.fromEntries(
      [{ ...ours, ratio: 1 }, ...peers].map((side) => {
        const { seconds, rowsPerSecond, peakRssMb, bytes } = figuresOf(side, rows);
        const all = medianOf(side, ({ usage }) => usage.browserMb);
        const row = {
          seconds: round(seconds, 3),
          'rows/s': rowsPerSecond,
          'ours is ×': side.name === ours.name ? '' : round(side.ratio, 2),
          'CPU s': round(
            medianOf(side, ({ usage }) => usage.cpuSeconds),
            2,
          ),
          'renderer +MB': round(peakRssMb, 0),
          'browser +MB': round(all, 0),
          'bytes/row': round(bytes / rows, 1),
          runs: side.samples.length,
        };
        return [side.name, row];
      }),
    ),
  );
  for (const [figure, value] of Object.entries(figureMedians(ours))) console.log(`  ${figure}: ${round(value, 1)}`);
  for (const target of targets) console.log(`  ${targetLine(target)}`);
}

/** What a side told besides time and bytes. */
function figureMedians(side: Side): Record<string, number> {
  const names = Object.keys(side.samples[0]?.figures ?? {});
  const server = side.samples[0]?.usage.serverMb ?? null;
  return {
    ...Object.fromEntries(names.map((name) => [name, medianOf(side, ({ figures }) => figures?.[name] ?? Number.NaN)])),
    ...(server === null ? {} : { 'server +MB': medianOf(side, ({ usage }) => usage.serverMb ?? 0) }),
  };
}

function targetLine(target: Target): string {
  const { what, unit, actual, bound } = target;
  const wanted =
    'atLeast' in bound ? `≥ ${bound.atLeast.toLocaleString('en')}` : `≤ ${bound.atMost.toLocaleString('en')}`;
  const digits = Math.abs(actual) < 100 ? 2 : 0;
  return `${isMet(target) ? 'met   ' : 'MISSED'} ${what}: ${round(actual, digits).toLocaleString('en')}${unit} (target ${wanted}${unit})`;
}

/** Every target once more, at the end. @returns how many were missed. */
export function printTargets(results: readonly CaseResult[]): number {
  const lines = results.flatMap(({ suite, name, rows, targets }) =>
    targets.map((target) => ({ target, at: `${suite} · ${name} · ${rows.toLocaleString('en')}` })),
  );
  console.log('\nTargets');
  for (const { target, at } of lines) console.log(`  ${targetLine(target)}  [${at}]`);
  const missed = lines.filter(({ target }) => !isMet(target)).length;
  console.log(`${lines.length - missed} met, ${missed} missed`);
  return missed;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
