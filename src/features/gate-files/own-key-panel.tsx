import { t } from '@lingui/core/macro';
import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fingerprintOf } from '../../../core/gate/gate-file.ts';
import { Panel } from '../../components/facts.tsx';
import { FileProblem } from './file-problem.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { hubKey } from './hub.ts';

/** What a gate's tablet shows when it takes its first file; two people compare it. */
export function OwnKeyPanel() {
  const key = useQuery({
    queryKey: ['gate-files', 'own-key'],
    queryFn: async () => fingerprintOf((await hubKey()).publicKey),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Panel title={t`This device’s key`}>
      <Stack gap="xs">
        {key.isPending && <Skeleton h="2.5rem" maw="20rem" />}
        {key.error !== null && <FileProblem error={key.error} safe={t`No file was made.`} />}
        {key.data !== undefined && <Fingerprint value={key.data} />}
        <Text size="sm">
          {t`A gate’s tablet shows it with its first file: only where both are the same, the file is from here. It was made on this device and cannot leave it; signing out deletes it.`}
        </Text>
      </Stack>
    </Panel>
  );
}
