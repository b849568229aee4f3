import { t } from '@lingui/core/macro';
import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { GateSetup } from '../../../core/api/gate.ts';
import { formatSince } from '../../utils/format.ts';
import { proposedName } from '../gates/device-name.ts';
import { keptSession } from '../gates/kept-session.ts';
import { SessionCard } from '../session/session-card.tsx';
import { ChooseFile } from './choose-file.tsx';
import { CompareKey } from './compare-key.tsx';
import { FileProblem } from './file-problem.tsx';
import { type ReadFile, readGateFile } from './read-file.ts';
import { openGates, setUpGate, setupIn } from './set-up-gate.ts';

/** A device that met no server becomes a gate's by a file of the tablet that mints. */
export function SetUpPage() {
  const [kept] = useState(keptSession);
  const read = useMutation({
    mutationFn: async (chosen: File) => {
      const file = await readGateFile(chosen);
      return { file, setup: setupIn(file) };
    },
  });
  const nothingTaken = t`Nothing of it was taken.`;
  return (
    <SessionCard title={t`Set up from a file`}>
      {kept !== undefined ? (
        <>
          <Text>
            {t`This device is at ${{ gate: kept.session.gate.name }} of ${{ event: kept.session.event.name }}. Newer files are brought in there, under Details; to set it up anew, end that first.`}
          </Text>
          <Button renderRoot={(props) => <Link to="/gate" {...props} />}>{t`To the gate`}</Button>
        </>
      ) : read.data === undefined ? (
        <>
          <Text>
            {t`For a day without a server: on the tablet that mints open the event, Gates, Files, and save the gate file. Bring it to this device, by a cable, a card or a share, and choose it here.`}
          </Text>
          {read.error !== null && <FileProblem error={read.error} safe={nothingTaken} />}
          <ChooseFile label={t`Choose the gate file`} isPending={read.isPending} isFilled onFile={read.mutate} />
          <Text size="sm" c="dimmed">
            {t`With a server, pair it by a code instead.`}
          </Text>
          <Button variant="subtle" color="gray" renderRoot={(props) => <Link to="/gate/pair" {...props} />}>
            {t`Pair this device`}
          </Button>
        </>
      ) : (
        <SetUpForm file={read.data.file} setup={read.data.setup} onRefuse={read.reset} />
      )}
    </SessionCard>
  );
}

interface SetUpFormProps {
  readonly file: ReadFile;
  readonly setup: GateSetup;
  readonly onRefuse: () => void;
}

function SetUpForm({ file, setup, onRefuse }: SetUpFormProps) {
  const navigate = useNavigate();
  const gates = openGates(setup);
  const [gateId, setGateId] = useState(gates.length === 1 ? (gates[0]?.id ?? null) : null);
  const [name, setName] = useState(proposedName);
  const setUp = useMutation({
    mutationFn: (gate: string) => setUpGate(file, gate, name.trim()),
    onSuccess: () => navigate({ to: '/gate', replace: true }),
  });
  const madeAt = file.body.kind === 'gate' ? formatSince(file.body.sync.at) : '';
  return (
    <Stack gap="md">
      <Text style={{ overflowWrap: 'anywhere' }}>
        {t`${{ event: setup.event.name }}, as of ${madeAt} by the clock of the tablet that mints.`}
      </Text>
      <Select
        label={t`Gate`}
        placeholder={t`Which gate is this device at?`}
        allowDeselect={false}
        data={gates.map(({ id, name: label }) => ({ value: id, label }))}
        value={gateId}
        onChange={setGateId}
      />
      <TextInput
        label={t`Name of this device`}
        description={t`It stands beside its scans: say which one it is`}
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <CompareKey
        fingerprint={file.fingerprint}
        acceptLabel={t`They match: set up`}
        isPending={setUp.isPending}
        isDisabled={gateId === null || name.trim() === ''}
        onAccept={() => gateId !== null && setUp.mutate(gateId)}
        onRefuse={onRefuse}
      >
        {t`Does the tablet that mints show this key, under Gates, Files? From then on only files by this key are taken.`}
      </CompareKey>
      {setUp.error !== null && <FileProblem error={setUp.error} safe={t`This device is no gate yet.`} />}
    </Stack>
  );
}
