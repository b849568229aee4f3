import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconRepeat } from '@tabler/icons-react';
import type { Gate } from '../../../core/api/gate-device.ts';
import { isSound, type RehearsalPlan, type RehearsalReport } from '../../../core/gate/rehearsal.ts';
import { Copyable } from '../../components/copyable.tsx';
import { Facts } from '../../components/facts.tsx';
import { Figures } from '../../components/figures.tsx';
import { formatCount, formatPercent } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { Section } from '../mint/section.tsx';
import { ConflictList } from './conflict-list.tsx';
import type { Rehearsal } from './run-rehearsal.ts';
import { saveReport } from './save-report.ts';

interface RehearsalReportViewProps {
  readonly rehearsal: Rehearsal;
  readonly gates: readonly Gate[];
  readonly onRepeat: () => void;
}

/** What came of a rehearsal: whether all was found, in numbers, and the double entries. */
export function RehearsalReportView({ rehearsal, gates, onRepeat }: RehearsalReportViewProps) {
  const event = useEvent();
  const { plan, report } = rehearsal;
  return (
    <Section title={t`Report`} takesFocus>
      <Result report={report} />
      <Figures cols={{ base: 2, sm: 3 }} figures={figuresOf(report)} />
      <Facts title={t`How it came about`} facts={factsOf(plan, report)} />
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDownload aria-hidden />}
          onClick={() => saveReport(rehearsal, event)}
        >
          {t`Save the report`}
        </Button>
        <Button variant="default" leftSection={<IconRepeat aria-hidden />} onClick={onRepeat}>
          {t`Play the same day again`}
        </Button>
      </Group>
      {report.found > 0 && (
        <Stack gap="xs">
          <Title order={3} size="h4">
            {t`Double entries, the newest first`}
          </Title>
          {report.conflicts.length < report.found && (
            <Text size="sm" c="dimmed">
              {t`${{ shown: formatCount(report.conflicts.length) }} of ${{ total: formatCount(report.found) }} are listed.`}
            </Text>
          )}
          <ConflictList conflicts={report.conflicts} gates={gates} timeZone={event.timeZone} />
        </Stack>
      )}
    </Section>
  );
}

function Result({ report }: { readonly report: RehearsalReport }) {
  const { found, letInTwice, inside, admitted } = report;
  if (isSound(report))
    return (
      <Alert
        color="green"
        icon={<IconCircleCheck aria-hidden />}
        title={letInTwice === 0 ? t`Nobody was let in twice` : t`Found all of them`}
      >
        {letInTwice === 0
          ? t`Every copy was refused, and the scans count as many people on site as the door did.`
          : plural(letInTwice, {
              one: 'While devices were apart, # ticket let in two people. It is listed below, and nobody is counted twice.',
              other:
                'While devices were apart, # tickets let in two people. Each is listed below, and nobody is counted twice.',
            })}
      </Alert>
    );
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t`Something is wrong`}>
      {t`The door let in ${{ twice: formatCount(letInTwice) }} twice, and the scans show ${{ found: formatCount(found) }}. On site by the door: ${{ door: formatCount(admitted) }}, by the scans: ${{ scans: formatCount(inside) }}. Save the report, and give it to whoever looks after this server before the doors open.`}
    </Alert>
  );
}

function figuresOf({ shown, admitted, refused, letInTwice, found, inside }: RehearsalReport) {
  return [
    { label: t`Tickets shown`, value: formatCount(shown) },
    { label: t`People let in`, value: formatCount(admitted) },
    { label: t`Refused`, value: formatCount(refused) },
    { label: t`Let in twice`, value: formatCount(letInTwice) },
    { label: t`Double entries found`, value: formatCount(found) },
    { label: t`On site by the scans`, value: formatCount(inside) },
  ];
}

function factsOf(plan: RehearsalPlan, { refused, refusals, outages, sentAgain, admitted }: RehearsalReport) {
  const { revoked = 0, 'already-used': used = 0 } = refusals;
  const other = refused - revoked - used;
  return [
    [t`Refused as used`, formatCount(used)],
    [t`Refused as revoked`, revoked === 0 ? null : formatCount(revoked)],
    [t`Refused otherwise`, other === 0 ? null : formatCount(other)],
    [t`On site by the door`, formatCount(admitted)],
    [
      t`Outages`,
      plural(outages, { one: '# time a device lost the network', other: '# times a device lost the network' }),
    ],
    [t`Sent again`, plural(sentAgain, { one: '# scan, counted once', other: '# scans, each counted once' })],
    [
      t`Played with`,
      [
        plural(plan.devices, { one: '# device', other: '# devices' }),
        t`${{ share: formatPercent(plan.offline, 1) }} without a network`,
        t`${{ share: formatPercent(plan.copies, 1) }} copies`,
        t`${{ share: formatPercent(plan.lostReplies, 1) }} lost answers`,
      ].join(' · '),
    ],
    [t`Seed`, <Copyable key="seed" value={String(plan.seed)} label={t`seed`} />],
  ] as const;
}
