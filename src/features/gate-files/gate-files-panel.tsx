import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { fingerprintOf } from '../../../core/gate/gate-file.ts';
import { formatCount, formatSince } from '../../utils/format.ts';
import { ChooseFile } from './choose-file.tsx';
import { CompareKey } from './compare-key.tsx';
import { FileProblem } from './file-problem.tsx';
import { FileRefusal } from './file-refusal.ts';
import { Fingerprint } from './fingerprint.tsx';
import type { GateFiles } from './gate-files.ts';
import { type ReadFile, readGateFile } from './read-file.ts';
import { gateFileName, saveGateFile } from './save-file.ts';

interface GateFilesPanelProps {
  readonly files: GateFiles;
  readonly session: GateSession;
}

/** At a gate: what comes from the tablet that mints without a server, and what goes back. */
export function GateFilesPanel({ files, session }: GateFilesPanelProps) {
  const { fileAt } = useSyncExternalStore(files.subscribe, () => files.view);
  return (
    <Stack gap="sm">
      <Divider />
      <Title order={2} size="h4">
        {t`Without a server`}
      </Title>
      <Text size="sm">
        {fileAt === undefined
          ? t`A file from the tablet that mints tells this device of new tickets, of revoked ones, and of what other gates have let in.`
          : t`This device goes by the file of ${{ time: formatSince(fileAt) }}.`}
      </Text>
      <TakeFile files={files} />
      <SaveScans files={files} session={session} />
    </Stack>
  );
}

function TakeFile({ files }: Pick<GateFilesPanelProps, 'files'>) {
  const [asked, setAsked] = useState<ReadFile>();
  const accept = useMutation({
    mutationFn: (file: ReadFile) => files.take(file),
    onSuccess: () => setAsked(undefined),
  });
  const bring = useMutation({
    mutationFn: async (chosen: File) => {
      accept.reset();
      setAsked(undefined);
      const file = await readGateFile(chosen);
      files.check(file);
      const trust = files.trustOf(file);
      if (trust === 'compared') await accept.mutateAsync(file);
      else if (trust === 'first') setAsked(file);
      else return file;
      return undefined;
    },
  });
  const { data: strange } = bring;
  const safe = t`Nothing of it was taken; what this device knew before holds.`;
  const error = accept.error ?? bring.error;
  return (
    <Stack gap="sm">
      {asked !== undefined ? (
        <CompareKey
          fingerprint={asked.fingerprint}
          acceptLabel={t`They match: take the file`}
          isPending={accept.isPending}
          onAccept={() => accept.mutate(asked)}
          onRefuse={() => setAsked(undefined)}
        >
          {t`Does the tablet that mints show this key, under Gates, Files? From then on only files by this key are taken.`}
        </CompareKey>
      ) : (
        <ChooseFile label={t`Bring in a gate file`} isPending={bring.isPending} onFile={bring.mutate} />
      )}
      {error !== null && <FileProblem error={error} safe={safe} />}
      {error === null && strange !== undefined && asked === undefined && !accept.isSuccess && (
        <FileProblem
          error={new FileRefusal('other-key')}
          safe={safe}
          action={
            <Button variant="default" mt="xs" onClick={() => setAsked(strange)}>
              {t`The tablet was replaced: compare its key`}
            </Button>
          }
        />
      )}
      {accept.isSuccess && (
        <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title={t`The file is taken`}>
          {t`This device goes by it from now on.`}
        </Alert>
      )}
    </Stack>
  );
}

function SaveScans({ files, session }: GateFilesPanelProps) {
  const { kept, unsaved, unconfirmed } = useSyncExternalStore(files.subscribe, () => files.view);
  const { data: fingerprint } = useQuery({
    queryKey: ['gate', 'files', 'fingerprint'],
    queryFn: async () => fingerprintOf(await files.publicKey()),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const save = useMutation({
    mutationFn: async (fromFirst: boolean) => {
      let upTo = 0;
      const name = gateFileName(session.event, `${session.device.name} scans`, Date.now());
      const saved = await saveGateFile(name, async () => {
        const made = await files.scansFile({ fromFirst });
        upTo = made.upTo;
        return made.bytes;
      });
      if (saved !== null) await files.noteSaved(upTo);
      return saved;
    },
  });
  return (
    <Stack gap="sm">
      <Text size="sm" data-testid="kept-scans">
        {keptWords({ kept, unsaved, unconfirmed })}
      </Text>
      <Group gap="sm">
        <Button
          variant={unsaved > 0 ? 'filled' : 'default'}
          leftSection={<IconDeviceFloppy size="1.1em" aria-hidden />}
          disabled={kept === 0}
          loading={save.isPending}
          onClick={() => save.mutate(false)}
        >
          {t`Save scans for the tablet`}
        </Button>
        <Button variant="subtle" color="gray" disabled={kept === 0 || save.isPending} onClick={() => save.mutate(true)}>
          {t`All, from the first`}
        </Button>
      </Group>
      {save.error !== null && <FileProblem error={save.error} safe={t`All scans are still kept on this device.`} />}
      {save.data != null && (
        <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title={t`The scans are saved`}>
          {save.data.isDownload
            ? t`They are handed to the browser’s downloads as “${{ name: save.data.fileName }}”. Bring the file to the tablet that mints; they stay here, too.`
            : t`They are in “${{ name: save.data.fileName }}”. Bring the file to the tablet that mints; they stay here, too.`}
        </Alert>
      )}
      {fingerprint !== undefined && (
        <Stack gap={2}>
          <Text size="sm">{t`This device’s key, for the tablet that mints to compare:`}</Text>
          <Fingerprint value={fingerprint} />
        </Stack>
      )}
    </Stack>
  );
}

function keptWords({ kept, unsaved, unconfirmed }: Record<'kept' | 'unsaved' | 'unconfirmed', number>): string {
  if (kept === 0) return t`No scan was made on this device yet.`;
  const parts = [plural(kept, { one: '# scan is kept on this device', other: '# scans are kept on this device' })];
  if (unsaved > 0) parts.push(t`${{ count: formatCount(unsaved) }} not saved to a file yet`);
  if (unconfirmed > 0) parts.push(t`${{ count: formatCount(unconfirmed) }} in a file, not confirmed by the tablet yet`);
  if (unsaved + unconfirmed === 0) parts.push(t`all of them are elsewhere, too`);
  return parts.join(' · ');
}
