import { plural, t } from '@lingui/core/macro';
import { Alert, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { formatCount, formatSince } from '../../utils/format.ts';
import { CompareKey } from './compare-key.tsx';
import { FileProblem } from './file-problem.tsx';
import type { Brought } from './hub.ts';

interface BroughtItemProps {
  readonly brought: Brought;
  readonly isPending: boolean;
  readonly onAccept: (brought: Extract<Brought, { kind: 'compare' }>) => void;
  readonly onRefuse: () => void;
}

/** What became of one file. */
export function BroughtItem({ brought, isPending, onAccept, onRefuse }: BroughtItemProps) {
  const nothing = t`Nothing of it was taken.`;
  switch (brought.kind) {
    case 'taken':
      return <Taken brought={brought} />;
    case 'compare':
      return (
        <Paper withBorder p="md">
          <CompareKey
            fingerprint={brought.file.fingerprint}
            acceptLabel={t`They match: take the scans`}
            isPending={isPending}
            onAccept={() => onAccept(brought)}
            onRefuse={onRefuse}
          >
            {compareWords(brought)}
          </CompareKey>
        </Paper>
      );
    case 'missing':
      return <Missing brought={brought} />;
    case 'failed':
      return (
        <Stack gap={4}>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{brought.fileName}</bdi>
          </Text>
          <FileProblem error={brought.error} safe={nothing} />
        </Stack>
      );
  }
}

function Taken({ brought: { file, added, known } }: { readonly brought: Extract<Brought, { kind: 'taken' }> }) {
  const { name, at } = file.body;
  return (
    <Alert
      role="status"
      color="green"
      icon={<IconCircleCheck aria-hidden />}
      title={t`${name}, ${{ time: formatSince(at) }}`}
    >
      {plural(added, { 0: 'No new scan', one: '# new scan', other: '# new scans' })}
      {known > 0 && ` · ${t`${{ count: formatCount(known) }} were here already`}`}
    </Alert>
  );
}

function Missing({ brought: { file, have } }: { readonly brought: Extract<Brought, { kind: 'missing' }> }) {
  const { name, from } = file.body;
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title={t`A file of ${name} before this one is missing`}
    >
      {t`Its first ${{ have: formatCount(have) }} scans are here, and this file begins after the first ${{ from: formatCount(from) }}. Nothing of it was taken. Bring the file in between; or on ${name}, under Details, save “All, from the first”.`}
    </Alert>
  );
}

function compareWords({ file, why }: Extract<Brought, { kind: 'compare' }>): string {
  const { name } = file.body;
  if (why === 'other')
    return t`These scans of “${name}” are signed by another key than before. Was the tablet replaced? Take them only where its screen, under Details, shows this key.`;
  if (why === 'revoked')
    return t`“${name}” is not trusted any more. Take its scans only where its screen, under Details, shows this key.`;
  return t`The first scans of “${name}”. Does its screen, under Details, show this key?`;
}
