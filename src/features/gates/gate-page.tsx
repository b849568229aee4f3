import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Alert, Button, DataList, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCloudOff, IconDeviceTabletOff, IconFileDownload, IconQrcode } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { forgetGate } from '../../database/gate-database.ts';
import { forgetGatePacks } from '../../database/gate-pack-database.ts';
import { formatAgo, formatInstant } from '../../utils/format.ts';
import { LeftScansAlert } from '../gate/left-scans-alert.tsx';
import { ScanPage } from '../gate/scan-page.tsx';
import { EndFileGate } from '../gate-files/end-file-gate.tsx';
import { SessionCard } from '../session/session-card.tsx';
import { endOwnSession, ownSessionQuery } from './api/own-session.ts';
import { DIRECTIONS } from './gate-words.ts';
import { forgetSession, type KeptSession, keepSession, keptSession } from './kept-session.ts';
import { useReportStatus } from './use-report-status.ts';

/** This device as a gate's: paired or not, and if it is, its tickets are scanned here. */
export function GatePage() {
  const own = useQuery(ownSessionQuery);
  const [kept, setKept] = useState(keptSession);
  const { data } = own;
  useEffect(() => {
    if (data === undefined) return;
    if (data.state === 'paired') {
      const { state: _, ...session } = data;
      keepSession(session);
    } else if (keptSession()?.isByFile !== true) {
      forgetSession();
      // What cannot be let go of now is let go of at the next visit.
      forgetGate().catch(() => undefined);
    }
    setKept(keptSession());
  }, [data]);
  useReportStatus(data?.state === 'paired');
  if (data === undefined && own.isPending && kept === undefined)
    return (
      <SessionCard title={t`Gate`}>
        <Skeleton h="10rem" />
      </SessionCard>
    );
  const isByFile = kept?.isByFile === true;
  if (data !== undefined && data.state !== 'paired' && !isByFile) return <Unpaired hasEnded={data.state === 'ended'} />;
  if (kept === undefined)
    return (
      <SessionCard title={t`Gate`}>
        {own.error !== null && <ProblemAlert error={own.error} onRetry={() => void own.refetch()} />}
        <SetUpFromFile />
      </SessionCard>
    );
  // Without contact it ends by itself: by this device's own clock, as nobody else is there.
  if (data === undefined && kept.session.validUntil < Date.now()) return <Unpaired hasEnded />;
  const details = <DeviceDetails kept={kept} isOffline={own.error !== null && !isByFile} />;
  return <ScanPage session={kept.session} details={details} />;
}

function Unpaired({ hasEnded }: { readonly hasEnded: boolean }) {
  useEffect(() => {
    // Names of guests first of all; what cannot be let go of now is let go of at the next visit.
    forgetGatePacks().catch(() => undefined);
  }, []);
  return (
    <SessionCard title={hasEnded ? t`Not paired any more` : t`Not paired yet`}>
      <Text role={hasEnded ? 'alert' : undefined}>
        {hasEnded
          ? t`This device was revoked, or its time is over. It opens nothing any more.`
          : t`A gate device is paired by a code on the admin’s screen: open the event, Gates, Pair a device.`}
      </Text>
      <LeftScansAlert />
      <Button leftSection={<IconQrcode aria-hidden />} renderRoot={(props) => <Link to="/gate/pair" {...props} />}>
        {t`Pair this device`}
      </Button>
      <SetUpFromFile />
    </SessionCard>
  );
}

/** Also where no server can be reached. */
function SetUpFromFile() {
  return (
    <Button
      variant="default"
      leftSection={<IconFileDownload aria-hidden />}
      renderRoot={(props) => <Link to="/gate/file" {...props} />}
    >
      {t`Set up from a file`}
    </Button>
  );
}

/** What is known of the pairing, and its end. */
function DeviceDetails({ kept, isOffline }: { readonly kept: KeptSession; readonly isOffline: boolean }) {
  const { device, event, gate, validUntil } = kept.session;
  const [validLabel, contactLabel] = kept.isByFile
    ? [t`Valid until`, t`Set up from a file`]
    : [t`Paired until`, t`Last contact`];
  const facts = [
    [t`Event`, event.name],
    [t`Device`, device.name],
    [t`Direction`, i18n._(DIRECTIONS[gate.direction])],
    [contactLabel, formatAgo(kept.contactAt)],
    [validLabel, formatInstant(validUntil, event.timeZone)],
  ] as const;
  return (
    <>
      {isOffline && (
        <Alert color="yellow" icon={<IconCloudOff aria-hidden />} title={t`Offline`}>
          {t`The server cannot be reached; this device stays paired.`}
        </Alert>
      )}
      <DataList labelWidth="7.5rem" size="sm" gap="xs">
        {facts.map(([label, value]) => (
          <DataList.Item key={label}>
            <DataList.ItemLabel>{label}</DataList.ItemLabel>
            <DataList.ItemValue dir="auto">{value}</DataList.ItemValue>
          </DataList.Item>
        ))}
      </DataList>
      {kept.isByFile ? <EndFileGate gateName={gate.name} /> : <Unpair gateName={gate.name} />}
    </>
  );
}

/** Gives the session up, from the device itself. */
function Unpair({ gateName }: { readonly gateName: string }) {
  const queryClient = useQueryClient();
  const [asks, asking] = useDisclosure(false);
  const end = useMutation({
    mutationFn: endOwnSession,
    onSuccess: () => {
      forgetSession();
      queryClient.setQueryData(ownSessionQuery.queryKey, { state: 'unpaired' });
    },
  });
  if (!asks)
    return (
      <Button variant="subtle" color="gray" leftSection={<IconDeviceTabletOff aria-hidden />} onClick={asking.open}>
        {t`Unpair`}
      </Button>
    );
  return (
    <Stack gap="xs">
      <Text size="sm">{t`To scan at ${gateName} again, this device has to be paired again.`}</Text>
      {end.error !== null && <ProblemAlert error={end.error} title={t`This device is still paired.`} />}
      <Group gap="xs">
        <Button color="red" loading={end.isPending} onClick={() => end.mutate()}>
          {t`Unpair this device`}
        </Button>
        <Button variant="default" onClick={asking.close} autoFocus>
          {t`Keep it paired`}
        </Button>
      </Group>
    </Stack>
  );
}
