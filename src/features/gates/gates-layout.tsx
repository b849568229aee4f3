import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Stack, UnstyledButton } from '@mantine/core';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useEventId } from '../events/use-event.ts';
import classes from './gates-layout.module.css';

/** The pages of the family, each a route of its own. */
const PLACES = [
  { to: '/events/$eventId/gates', label: msg`Gates` },
  { to: '/events/$eventId/gates/live', label: msg`Live` },
  { to: '/events/$eventId/gates/conflicts', label: msg`Conflicts` },
  { to: '/events/$eventId/gates/files', label: msg`Files` },
  { to: '/events/$eventId/gates/rehearsal', label: msg`Rehearsal` },
] as const;

/** On a phone the last ones lie outside of it. */
function bringIntoView(link: HTMLElement | null): void {
  link?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}

/** The frame of all that concerns the event's gates; what stands in it begins with headings of the second level. */
export function GatesLayout() {
  const eventId = useEventId();
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, '') });
  const current = PLACES.find(({ to }) => path === to.replace('$eventId', eventId));
  const title = t`Gates`;
  const isFirst = current === undefined || current.to === PLACES[0].to;
  return (
    <Page title={title} documentTitle={isFirst ? title : `${i18n._(current.label)} · ${title}`}>
      <Stack gap="lg">
        <nav aria-label={t`Pages about the gates`}>
          <ul className={classes.places}>
            {PLACES.map((place) => (
              <li key={place.to}>
                <UnstyledButton
                  className={classes.place}
                  ref={place === current ? bringIntoView : null}
                  renderRoot={(props) => (
                    <Link to={place.to} params={{ eventId }} activeOptions={{ exact: true }} {...props} />
                  )}
                >
                  {i18n._(place.label)}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </nav>
        <Outlet />
      </Stack>
    </Page>
  );
}
