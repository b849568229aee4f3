import type { EventRecord } from '../../../core/api/event.ts';
import { isSound } from '../../../core/gate/rehearsal.ts';
import { download } from '../exports/destination.ts';
import { safeFileName } from '../exports/file-name.ts';
import type { Rehearsal } from './run-rehearsal.ts';

/** Gives the report to the browser's downloads, with all that it takes to play the same day again. */
export function saveReport({ plan, report, at }: Rehearsal, { id, name }: EventRecord): void {
  const { knowledge, ...settings } = plan;
  const content = {
    report: 'rehearsal',
    event: { id, name },
    at: new Date(at).toISOString(),
    gates: knowledge.setup.gates.map((gate) => ({ id: gate.id, name: gate.name })),
    settings,
    foundAll: isSound(report),
    ...report,
  };
  const day = content.at.slice(0, 10);
  const file = new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
  download(file, safeFileName(`${name} rehearsal ${day}`, 'json'));
}
