import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Anchor, Button, Code, List, Stack, Text } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { setupQuery } from '../features/session/api/set-up.ts';
import { SessionCard } from '../features/session/session-card.tsx';

/**
 * What stands in the place of every page at an address that browsers do not trust, such as `http://192.168.1.5:8787`:
 * what is missing there, and where it is not. No password is asked for, as anybody on the network could read it.
 */
export function InsecurePage() {
  const server = useQuery(setupQuery);
  const httpsUrl = server.data?.httpsUrl ?? null;
  const localUrl = `http://localhost${location.port === '' ? '' : `:${location.port}`}`;
  return (
    <SessionCard title={t`Open it over https`}>
      <Alert color="yellow" icon={<IconLockOpen aria-hidden />} title={t`This address is not encrypted`}>
        <Text size="sm">
          <Trans>
            <Code dir="ltr">{location.origin}</Code> is plain http. Nobody can sign in here: the password would cross
            the network readable. And at such an address the browser withholds:
          </Trans>
        </Text>
        <List size="sm" mt="xs" spacing={2}>
          {missingHere().map((what) => (
            <List.Item key={what}>{what}</List.Item>
          ))}
        </List>
      </Alert>
      <Text size="sm">{t`Nothing is lost: what this device keeps for another address of this server is still there.`}</Text>
      {httpsUrl === null ? (
        <Stack gap="xs">
          <Text size="sm">
            <Trans>
              Ask whoever runs this server for its https address; how to set one up is told in its{' '}
              <Code dir="ltr">docs/operations.md</Code>. On the server’s own machine{' '}
              <Anchor href={localUrl} dir="ltr">
                {localUrl.replace('http://', '')}
              </Anchor>{' '}
              works as it is.
            </Trans>
          </Text>
          {server.isError && (
            <Text size="sm" c="dimmed" role="status">
              {t`The server cannot be reached just now.`}
            </Text>
          )}
        </Stack>
      ) : (
        <Button component="a" href={httpsUrl + location.pathname + location.search + location.hash}>
          {t`Open ${{ host: new URL(httpsUrl).host }}`}
        </Button>
      )}
    </SessionCard>
  );
}

/** In people's words, only what is missing indeed: engines differ. */
function missingHere(): string[] {
  const withheld: readonly (readonly [isThere: boolean, what: string])[] = [
    ['subtle' in crypto, t`signing tickets on this device`],
    ['serviceWorker' in navigator, t`starting without a network`],
    ['storage' in navigator, t`keeping tickets on this device for good`],
    ['locks' in navigator, t`working in several tabs at once`],
  ];
  return withheld.filter(([isThere]) => !isThere).map(([, what]) => what);
}
