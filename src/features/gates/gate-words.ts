import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import type { Gate, GateDevice } from '../../../core/api/gate-device.ts';
import { formatAgo, formatCount, formatList, formatPercent } from '../../utils/format.ts';

export const DIRECTIONS = {
  both: msg`In and out`,
  entry: msg`In only`,
  exit: msg`Out only`,
} as const;

/** What a gate lets through, in one line. @param typeNames of the types it is for; null: all. */
export function gateFacts(gate: Gate, typeNames: readonly string[] | null): string {
  const facts = [typeNames === null ? t`All ticket types` : formatList(typeNames), i18n._(DIRECTIONS[gate.direction])];
  if (gate.direction !== 'exit') facts.push(gate.reentry ? t`Re-entry` : t`No re-entry`);
  if (gate.capacity !== null) facts.push(t`At most ${{ count: formatCount(gate.capacity) }} inside`);
  if (!gate.undo) facts.push(t`No undo`);
  return facts.join(' · ');
}

/** What is known of a device, in one line. */
export function deviceFacts({ lastContactAt, lastSyncAt, battery }: GateDevice): string {
  const facts = [
    lastContactAt === null ? t`Not heard from yet` : t`Last contact ${{ ago: formatAgo(lastContactAt) }}`,
    lastSyncAt === null ? t`Not synced yet` : t`Synced ${{ ago: formatAgo(lastSyncAt) }}`,
  ];
  if (battery !== null) {
    const percent = formatPercent(battery.percent, 100);
    facts.push(battery.charging ? t`Battery ${percent}, charging` : t`Battery ${percent}`);
  }
  return facts.join(' · ');
}

/** Six digits as people compare them: `482 913`. */
export function groupedDigits(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}
