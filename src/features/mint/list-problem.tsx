import { t } from '@lingui/core/macro';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { listFaultOf } from '../../../core/attendees/list-fault.ts';
import { TicketmintError } from '../../../core/errors.ts';
import { listFaultWords } from './list-fault-words.ts';

/** Why a list cannot be read: what happened, what is safe, what to do. */
export function ListProblem({ error }: { readonly error: Error }) {
  const { title, todo, code } = wordsOf(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Text size="sm">{t`Nothing was minted. ${todo}`}</Text>
      <Text size="xs" c="dimmed" mt="xs">
        {code}
      </Text>
    </Alert>
  );
}

function wordsOf(error: Error): { readonly title: string; readonly todo: string; readonly code: string } {
  const fault = listFaultOf(error);
  if (error instanceof TicketmintError && fault !== undefined)
    return {
      title: listFaultWords(fault, error.details.found),
      todo: t`Choose another file, or correct how it is read.`,
      code: `${error.code} · ${fault}`,
    };
  if (error.name === 'NotReadableError' || error.name === 'NotFoundError')
    return { title: t`The file changed or moved since it was chosen.`, todo: t`Choose it again.`, code: error.name };
  return { title: t`The list could not be read.`, todo: t`Choose it again.`, code: `${error.name}: ${error.message}` };
}
