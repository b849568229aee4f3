import { t } from '@lingui/core/macro';
import { Button, Modal, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { GateSession } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { LanguageSelect } from '../../localisation/language-select.tsx';
import { useFrameStore } from '../../utils/use-frame-store.ts';
import { GateFilesPanel } from '../gate-files/gate-files-panel.tsx';
import { SessionCard } from '../session/session-card.tsx';
import { ClockNotice } from './clock-notice.tsx';
import { LeftScansAlert } from './left-scans-alert.tsx';
import type { OpenGate } from './open-gate.ts';
import { PacksPanel } from './packs-panel.tsx';
import classes from './scan-page.module.css';
import { ScanStage } from './scan-stage.tsx';
import { StatusLine } from './status-line.tsx';
import { useGate } from './use-gate.ts';

interface ScanPageProps {
  readonly session: GateSession;
  /** What else there is to know of the device, and its unpairing. */
  readonly details: ReactNode;
}

/** A paired device at its gate. */
export function ScanPage({ session, details }: ScanPageProps) {
  const { status, retry } = useGate(session);
  if (status.kind === 'open') return <OpenScanPage session={session} gate={status.gate} details={details} />;
  return (
    <SessionCard title={session.gate.name}>
      {status.kind === 'opening' && <Skeleton h="10rem" />}
      {(status.kind === 'elsewhere' || status.kind === 'left') && (
        <>
          <Text role="status">{t`The gate is open on another page of this device. One page scans at a time.`}</Text>
          <Button onClick={retry}>{t`Scan here`}</Button>
        </>
      )}
      {status.kind === 'failed' && (
        <ProblemAlert error={status.error} title={t`What this device keeps cannot be read.`} onRetry={retry} />
      )}
      {status.kind !== 'opening' && details}
    </SessionCard>
  );
}

interface OpenScanPageProps extends ScanPageProps {
  readonly gate: OpenGate;
}

function OpenScanPage({ session, gate, details }: OpenScanPageProps) {
  const [isShown, shown] = useDisclosure(false);
  const { name } = gate.desk.gate;
  return (
    <main className={classes.page}>
      <title>{`${name} · Ticketmint`}</title>
      <header className={classes.header}>
        <Stack gap={0} miw={0}>
          <Title order={1} size="h2" dir="auto" ta="start" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          <StatusLine gate={gate} />
        </Stack>
        <Button variant="default" leftSection={<IconInfoCircle aria-hidden />} onClick={shown.open}>
          {t`Details`}
        </Button>
      </header>
      <Content gate={gate} />
      <Modal opened={isShown} onClose={shown.close} title={session.gate.name}>
        <Stack gap="md">
          <ClockNotice gate={gate} />
          <LeftScansAlert own={session.event.id} />
          <PacksPanel gate={gate} />
          <LanguageSelect />
          <GateFilesPanel files={gate.files} session={session} />
          {details}
        </Stack>
      </Modal>
    </main>
  );
}

function Content({ gate }: { readonly gate: OpenGate }) {
  const { failure } = useFrameStore(gate.link.subscribe, () => gate.link.view);
  if (gate.memory.state.knowledge !== undefined)
    return <ScanStage gate={gate} knowledge={gate.memory.state.knowledge} />;
  return (
    <Stack p="md" gap="md">
      <Text role="status" size="lg">
        {t`This device does not know the event’s tickets yet. It asks the server for what it needs, once; after that it works without a network.`}
      </Text>
      {failure !== null && <ProblemAlert error={failure} />}
    </Stack>
  );
}
