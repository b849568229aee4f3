import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import type { AuditEntry } from '../../../core/api/audit.ts';
import type { SealReason } from '../../../core/api/batch.ts';
import { formatCount, formatList } from '../../utils/format.ts';
import { durationWords } from '../admissions/duration-field.tsx';
import { columnWord } from '../tickets/column-words.ts';

/** Whom the server makes when it is set up. */
const FIRST_ADMINISTRATOR = 'first administrator';

type Value = AuditEntry['details'][string];

const DETAILS: Readonly<Record<string, MessageDescriptor>> = {
  capacity: msg({ message: 'on site at most', context: 'audit' }),
  column: msg({ message: 'column', context: 'audit' }),
  count: msg({ message: 'count', context: 'audit' }),
  earlyMs: msg({ message: 'early by', context: 'audit' }),
  event: msg({ message: 'event', context: 'audit' }),
  fields: msg({ message: 'fields', context: 'audit' }),
  from: msg({ message: 'from', context: 'audit' }),
  lateMs: msg({ message: 'late by', context: 'audit' }),
  reason: msg({ message: 'reason', context: 'audit' }),
  revocation: msg({ message: 'revocation', context: 'audit' }),
  serial: msg({ message: 'serial', context: 'audit' }),
  stored: msg({ message: 'stored', context: 'audit' }),
  template: msg({ message: 'template', context: 'audit' }),
  to: msg({ message: 'to', context: 'audit' }),
  type: msg({ message: 'type', context: 'audit' }),
};

const SEAL_REASONS = {
  complete: msg({ message: 'complete', context: 'audit' }),
  cancelled: msg({ message: 'cancelled', context: 'audit' }),
  lost: msg({ message: 'lost', context: 'audit' }),
} as const satisfies Record<SealReason, MessageDescriptor>;

/** What forms call the fields of events, types and gates. */
const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
  approval: msg`Approval of batches`,
  archived: msg`Archived`,
  capacity: msg`Capacity`,
  colour: msg`Colour`,
  currency: msg`Currency`,
  endsAt: msg`Ends`,
  gateNames: msg`Names at the gate`,
  language: msg`Language of tickets and messages`,
  name: msg`Name`,
  notAfter: msg`Valid until`,
  notBefore: msg`Valid from`,
  place: msg`Place`,
  priceMinor: msg`Price`,
  startsAt: msg`Starts`,
  timeZone: msg`Time zone`,
};

/** What there are many of; other numbers are names. */
const COUNTS: ReadonlySet<string> = new Set(['capacity', 'count', 'stored']);
const DURATIONS: ReadonlySet<string> = new Set(['earlyMs', 'lateMs']);

/** What was done something to: mostly an id, which stays as it is. */
export function subjectWords({ subject }: AuditEntry): string {
  return subject === FIRST_ADMINISTRATOR ? t({ message: 'first administrator', context: 'audit' }) : subject;
}

/** The facts of an act: `reason complete, stored 500, count 500`. Ids stay as they are. */
export function detailWords({ details }: AuditEntry): string {
  return Object.entries(details)
    .map(([name, value]) => `${wordIn(DETAILS, name)} ${valueWords(name, value)}`)
    .join(', ');
}

function valueWords(name: string, value: Value): string {
  if (value === null) return t({ message: 'none', context: 'audit' });
  if (typeof value === 'boolean')
    return value ? t({ message: 'yes', context: 'audit' }) : t({ message: 'no', context: 'audit' });
  if (typeof value === 'number' && DURATIONS.has(name)) return durationWords(value);
  if (typeof value === 'number') return COUNTS.has(name) ? formatCount(value) : String(value);
  switch (name) {
    case 'column':
      return columnWord(value);
    case 'fields':
      return formatList(value.split(' ').map((field) => wordIn(FIELDS, field)));
    case 'reason':
      return wordIn(SEAL_REASONS, value);
    default:
      return value;
  }
}

function wordIn(words: Readonly<Record<string, MessageDescriptor>>, name: string): string {
  const word = Object.hasOwn(words, name) ? words[name] : undefined;
  return word === undefined ? name : i18n._(word);
}
