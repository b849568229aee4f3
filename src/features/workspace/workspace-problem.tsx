import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ErrorCode, TicketmintError } from '../../../core/errors.ts';
import { wordsOf } from '../../api/problem-words.ts';

interface Words {
  readonly happened: MessageDescriptor;
  readonly todo: MessageDescriptor;
}

const WORDS: Partial<Record<ErrorCode, Words>> = {
  'workspace-passphrase-wrong': {
    happened: msg`This is not the passphrase of this file, or its first bytes were changed.`,
    todo: msg`Type it again; capitals, spaces and hyphens count.`,
  },
  'workspace-damaged': {
    happened: msg`The file is not whole: a part of it was changed or cut off.`,
    todo: msg`Copy it from its place again, or save a new one on the device it came from.`,
  },
  'workspace-unsupported': {
    happened: msg`This is not a file that this version of Ticketmint can read.`,
    todo: msg`Choose a file that “Save everything to a file” has made, or update Ticketmint.`,
  },
  'mint-storage-full': {
    happened: msg`The browser has no space left for it.`,
    todo: msg`Free something above, then try again.`,
  },
  'mint-storage-lost': { happened: msg`The browser refused to store it.`, todo: msg`Reload the page, then try again.` },
  'export-sink-failed': {
    happened: msg`The file could not be written.`,
    todo: msg`Choose another place, then try again.`,
  },
};

interface WorkspaceProblemProps {
  readonly error: unknown;
  /** What holds all the same. */
  readonly safe: string;
}

/** Why a workspace file was not saved or not brought in. */
export function WorkspaceProblem({ error, safe }: WorkspaceProblemProps) {
  const known = error instanceof TicketmintError ? WORDS[error.code] : undefined;
  const { happened, todo } =
    known === undefined ? wordsOf(error) : { happened: i18n._(known.happened), todo: i18n._(known.todo) };
  const code = error instanceof TicketmintError ? `${error.code}: ${error.message}` : wordsOf(error).code;
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={happened}>
      <Text size="sm">
        {safe} {todo}
      </Text>
      <Text size="xs" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
        {code}
      </Text>
    </Alert>
  );
}
