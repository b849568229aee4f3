import { plural } from '@lingui/core/macro';
import type { RecordKind } from '../../../core/export/format.ts';
import { formatTickets } from '../../utils/format.ts';

/** `1,000 tickets`, `412 scans` */
export function recordsWord(count: number, of: RecordKind): string {
  return of === 'tickets' ? formatTickets(count) : plural(count, { one: '# scan', other: '# scans' });
}
