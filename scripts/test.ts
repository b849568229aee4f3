import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromiumVersion, ensureChromium } from './browser.ts';
import { ensureEngines } from './engines.ts';
import { ensurePdfTools } from './pdf-tools.ts';

/**
 * `npm test`: everything, in the order that finds mistakes soonest; stops at the first step that fails. The last line
 * is `N passed, N failed`, summed over the runners' own reports.
 *
 * `npm test -- types lint` runs only these steps; `--full` (`npm run test:full`) the fault tests at full counts.
 */

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Step {
  readonly name: string;
  readonly command: readonly [binary: string, ...args: string[]];
  readonly report?: { readonly file: string; readonly read: (json: string) => Counts };
}

const REPORTS = '.cache/reports';
const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

const STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'words', command: ['lingui', 'check', 'sync', '--clean', '--workers', '1'] },
  { name: 'dead-code', command: ['knip', '--no-progress', '--treat-config-hints-as-errors'] },
  { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'sizes', command: ['size-limit', '--config', 'size-limit.config.ts'] },
  vitest('unit', ['--project', 'node', '--project', 'web']),
  playwright('browser'),
  vitest('engines', ['--project', 'engines']),
  vitest('faults', ['--project', 'faults']),
];

function vitest(name: string, args: readonly string[]): Step {
  const file = `${REPORTS}/${name}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return { name, command: ['vitest', 'run', ...args, ...reporters], report: { file, read: readVitestReport } };
}

function playwright(name: string): Step {
  const file = `${REPORTS}/${name}.json`;
  return {
    name,
    command: ['playwright', 'test', '--reporter=list,json'],
    report: { file, read: readPlaywrightReport },
  };
}

function readVitestReport(json: string): Counts {
  const report = JSON.parse(json) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests',
    number
  >;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readPlaywrightReport(json: string): Counts {
  const { stats } = JSON.parse(json) as {
    stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>;
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** Runs one step; a step that fails without a failed test (a type error, a crash) counts as one failure. */
function runStep({ name, command, report }: Step): { readonly code: number; readonly counts: Counts } {
  console.log(`\n— ${name}: ${command.join(' ')}`);
  const startedAt = performance.now();
  const [binary, ...args] = command;
  const { status, error } = spawnSync(binary, args, {
    stdio: 'inherit',
    env: { ...process.env, ...(report && { PLAYWRIGHT_JSON_OUTPUT_NAME: report.file }) },
  });
  if (error) throw error;
  const code = status ?? 1;
  const counts = report && existsSync(report.file) ? report.read(readFileSync(report.file, 'utf8')) : NOTHING;
  console.log(`— ${name}: ${code === 0 ? 'ok' : `failed (exit code ${code})`}, ${secondsSince(startedAt)} s`);
  return { code, counts: code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts };
}

function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}

function chosenSteps(names: readonly string[]): readonly Step[] {
  const unknown = names.filter((name) => STEPS.every((step) => step.name !== name));
  if (unknown.length > 0)
    throw new Error(
      `unknown step: ${unknown.join(', ')}; expected some of: ${STEPS.map(({ name }) => name).join(', ')}`,
    );
  return names.length === 0 ? STEPS : STEPS.filter(({ name }) => names.includes(name));
}

function main(): number {
  const { values, positionals } = parseArgs({ options: { full: { type: 'boolean' } }, allowPositionals: true });
  if (values.full) process.env.TICKETMINT_FULL = '1';
  const steps = chosenSteps(positionals);
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  console.log(`Node ${process.version}, ${chromiumVersion(ensureChromium())}`);
  ensurePdfTools();
  ensureEngines();
  const startedAt = performance.now();
  let exitCode = 0;
  let total = NOTHING;
  for (const step of steps) {
    const { code, counts } = runStep(step);
    total = {
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    };
    exitCode = code;
    if (code !== 0) break;
  }
  console.log(`\n${secondsSince(startedAt)} s in all`);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  return exitCode;
}

process.exitCode = main();
