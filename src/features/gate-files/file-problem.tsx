import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { TicketmintError } from '../../../core/errors.ts';
import { GateFileError, type GateFileFault } from '../../../core/gate/gate-file.ts';
import { wordsOf } from '../../api/problem-words.ts';
import { storageErrorOf } from '../../database/storage-error.ts';
import { FileRefusal, type RefusalReason } from './file-refusal.ts';

interface Words {
  readonly happened: MessageDescriptor;
  readonly todo: MessageDescriptor;
}

const FAULTS: Readonly<Record<GateFileFault, Words>> = {
  other: { happened: msg`This is not a gate file.`, todo: msg`Choose a file whose name ends in “.gatefile”.` },
  version: {
    happened: msg`This gate file was made by another version of Ticketmint.`,
    todo: msg`Load the newest version on both tablets, then save the file again.`,
  },
  'too-large': {
    happened: msg`This file is larger than any gate file: they have at most 16 MB.`,
    todo: msg`Choose another file.`,
  },
  damaged: {
    happened: msg`The file is not whole: a part of it was changed or cut off.`,
    todo: msg`Copy it again from where it was saved, or save a new one.`,
  },
};

const REFUSALS: Readonly<Record<RefusalReason, Words>> = {
  'wrong-event': {
    happened: msg`This file is of another event.`,
    todo: msg`Choose the file of this event, or save a new one.`,
  },
  older: {
    happened: msg`This file is older than what this device knows: it could bring revoked tickets back.`,
    todo: msg`Save a new gate file on the tablet that mints, and bring that one. If it is new, set that tablet’s clock.`,
  },
  'for-gates': {
    happened: msg`This file goes from the tablet that mints to the gates; it has no scans.`,
    todo: msg`On the gate’s tablet open Details, then “Save scans for the tablet”, and bring that file here.`,
  },
  'for-tablet': {
    happened: msg`This file has scans of a gate, for the tablet that mints.`,
    todo: msg`Choose the file that “Save gate file” has made on the tablet that mints.`,
  },
  'no-gate': {
    happened: msg`The file does not have a gate for this device.`,
    todo: msg`Add the gate on the tablet that mints, under Gates, Files, and save a new file.`,
  },
  'other-key': {
    happened: msg`Another device has signed this file than the one whose key was compared.`,
    todo: msg`Bring the file of the right device. If the device was replaced, compare the new key.`,
  },
};

const OTHERS: Readonly<Record<string, Words>> = {
  'mint-storage-full': {
    happened: msg`The browser has no space left for it.`,
    todo: msg`Free some space on this device, then bring the file again.`,
  },
  'mint-storage-lost': { happened: msg`The browser refused to store it.`, todo: msg`Reload the page, then try again.` },
  'export-sink-failed': {
    happened: msg`The file could not be written.`,
    todo: msg`Choose another place, then save it again.`,
  },
};

interface FileProblemProps {
  readonly error: unknown;
  /** What holds all the same: nothing of it was taken, or nothing was saved. */
  readonly safe: string;
  /** What can be done here. */
  readonly action?: ReactNode;
}

/** Why a gate file was not taken, or not saved. */
export function FileProblem({ error, safe, action }: FileProblemProps) {
  const { happened, todo, code } = fileWords(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={happened}>
      <Text size="sm">
        {safe} {todo}
      </Text>
      {action}
      <Text size="xs" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
        {code}
      </Text>
    </Alert>
  );
}

function fileWords(error: unknown): { readonly happened: string; readonly todo: string; readonly code: string } {
  if (error instanceof GateFileError) return spoken(FAULTS[error.fault], `${error.code}: ${error.message}`);
  if (error instanceof FileRefusal) return spoken(REFUSALS[error.reason], error.reason);
  if (error instanceof TicketmintError || isOfStorage(error)) {
    const known = storageErrorOf(error);
    const words = OTHERS[known.code];
    if (words !== undefined) return spoken(words, `${known.code}: ${known.message}`);
  }
  return wordsOf(error);
}

function spoken({ happened, todo }: Words, code: string) {
  return { happened: i18n._(happened), todo: i18n._(todo), code };
}

/** Dexie's own errors, or the engine's. */
function isOfStorage(error: unknown): boolean {
  return error instanceof Error && /Quota|Abort|Transaction|InvalidState|Unknown|Database/.test(error.name);
}
