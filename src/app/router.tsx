import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Me } from '../../core/api/session.ts';
import { meQuery } from '../features/session/api/get-me.ts';
import { language } from '../localisation/language.ts';
import { BareErrorPage, BareNotFoundPage, ErrorPage, NotFoundPage } from './error-page.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { queryClient } from './query-client.ts';
import { idsOf, oneOf, pathOf, serialOf, textOf } from './search-params.ts';

const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: BareErrorPage,
  notFoundComponent: BareNotFoundPage,
});

/** For a page without the frame: until it is there, the first view stands in its place. */
const bare = { errorComponent: BareErrorPage, pendingComponent: () => null } as const;

/** A page behind the sign-in, with the words of all such pages: they are not on the first screen. */
const page: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), language.need('pages')]);
    return module;
  }, name);

/** As it came, of any form. */
type Search = Readonly<Record<string, unknown>>;

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: ({ returnTo }: Search): { returnTo?: string | undefined } => ({ returnTo: pathOf(returnTo) }),
  component: lazyRouteComponent(() => import('../features/session/sign-in-page.tsx'), 'SignInPage'),
  ...bare,
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('../features/session/setup-page.tsx'), 'SetupPage'),
  ...bare,
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  // Not on the first screen: it brings the local database and the menus, 90 kB.
  component: page(() => import('./layout/signed-in-layout.tsx'), 'SignedInLayout'),
  ...bare,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (me !== null) return enter(me, location.href);
    throw redirect({
      to: '/sign-in',
      search: location.pathname === '/' ? {} : { returnTo: location.href },
      replace: true,
    });
  },
});

/** @throws a redirect, where this device holds another person's work. */
async function enter(me: Me, path: string): Promise<void> {
  const { claimDevice } = await import('../features/session/device-owner.ts');
  if ((await claimDevice(me, path)) !== null) throw redirect({ to: '/other-person', replace: true });
}

const otherPersonRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/other-person',
  component: lazyRouteComponent(() => import('../features/session/other-person-page.tsx'), 'OtherPersonPage'),
  ...bare,
});

/** What exports a page under its name. */
type Load<Name extends string> = () => Promise<Readonly<Record<Name, ComponentType>>>;

/** A page of a gate's device: nobody is signed in there, it is paired. */
function devicePage<const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) {
  return createRoute({ getParentRoute: () => rootRoute, path, component: page(load, name), ...bare });
}

const gateRoutes = [
  devicePage('/gate', () => import('../features/gates/gate-page.tsx'), 'GatePage'),
  devicePage('/gate/file', () => import('../features/gate-files/set-up-page.tsx'), 'SetUpPage'),
  devicePage('/gate/pair', () => import('../features/gates/pair-page.tsx'), 'PairPage'),
] as const;

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/events', replace: true });
  },
});

const eventsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events',
  component: page(() => import('../features/events/events-page.tsx'), 'EventsPage'),
});

/** What the installed application's shortcuts open: a page of the event that was open last. */
const shortcutRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/open/$place',
  beforeLoad: async ({ params: { place } }) => {
    const { lastEvent } = await import('../features/events/last-event.ts');
    const eventId = await lastEvent();
    if (eventId === undefined) throw redirect({ to: '/events', replace: true });
    const to = place === 'exports' ? '/events/$eventId/exports' : '/events/$eventId/tickets/mint';
    throw redirect({ to, params: { eventId }, replace: true });
  },
});

const newEventRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events/new',
  component: page(() => import('../features/events/new-event-page.tsx'), 'NewEventPage'),
});

const eventRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/events/$eventId',
  loader: async ({ context, params: { eventId } }) => {
    const { loadEvent } = await import('../features/events/load-event.ts');
    await loadEvent(context.queryClient, eventId);
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/',
  component: page(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
});

const ticketsRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/tickets',
  validateSearch: ({ q }: Search): { q?: string | undefined } => ({ q: textOf(q) }),
  component: page(() => import('../features/batches/batches-page.tsx'), 'BatchesPage'),
});

const mintRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/tickets/mint',
  validateSearch: ({ by, test }: Search): { by?: 'quantity' | 'list' | undefined; test?: true | undefined } => ({
    by: oneOf(['quantity', 'list'], by),
    test: test === true ? true : undefined,
  }),
  component: page(() => import('../features/mint/mint-page.tsx'), 'MintPage'),
});

const runRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/tickets/mint/$runId',
  component: page(() => import('../features/mint/run-page.tsx'), 'RunPage'),
});

const batchRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/tickets/batches/$batchId',
  component: page(() => import('../features/batches/batch-page.tsx'), 'BatchPage'),
});

const batchTicketsRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/tickets/batches/$batchId/tickets',
  validateSearch: ({ q, at }: Search): { q?: string | undefined; at?: number | undefined } => ({
    q: textOf(q),
    at: serialOf(at),
  }),
  component: page(() => import('../features/tickets/batch-tickets-page.tsx'), 'BatchTicketsPage'),
});

const ticketRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/tickets/batches/$batchId/tickets/$serial',
  component: page(() => import('../features/tickets/ticket-page.tsx'), 'TicketPage'),
});

const exportsRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/exports',
  // The form says of what is no batch of the event that it is none.
  validateSearch: ({ batch, of }: Search): { batch?: string | string[] | undefined; of?: 'check-ins' | undefined } => ({
    batch: idsOf(batch),
    of: oneOf(['check-ins'], of),
  }),
  component: page(() => import('../features/exports/exports-page.tsx'), 'ExportsPage'),
});

const plainExportsRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/exports/plain',
  component: page(() => import('../features/exports/plain-exports-page.tsx'), 'PlainExportsPage'),
});

const gatesRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/gates',
  component: page(() => import('../features/gates/gates-layout.tsx'), 'GatesLayout'),
});

function gatesPage<const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) {
  return createRoute({ getParentRoute: () => gatesRoute, path, component: page(load, name) });
}

const gatesRoutes = [
  gatesPage('/', () => import('../features/gates/gates-page.tsx'), 'GatesPage'),
  gatesPage('/live', () => import('../features/admissions/live-page.tsx'), 'LivePage'),
  gatesPage('/conflicts', () => import('../features/admissions/conflicts-page.tsx'), 'ConflictsPage'),
  gatesPage('/files', () => import('../features/gate-files/files-page.tsx'), 'FilesPage'),
  gatesPage('/rehearsal', () => import('../features/rehearsal/rehearsal-page.tsx'), 'RehearsalPage'),
] as const;

const settingsRoute = createRoute({
  getParentRoute: () => eventRoute,
  path: '/settings',
  component: page(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

const settingsHomeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/events/$eventId/settings/event', params, replace: true });
  },
});

function settingsPage<const Path extends string, Name extends string>(path: Path, load: Load<Name>, name: Name) {
  return createRoute({ getParentRoute: () => settingsRoute, path, component: page(load, name) });
}

const settingsRoutes = [
  settingsPage('/event', () => import('../features/settings/event-settings.tsx'), 'EventSettings'),
  settingsPage('/types', () => import('../features/types/types-section.tsx'), 'TypesSection'),
  settingsPage('/revocations', () => import('../features/settings/revocations-section.tsx'), 'RevocationsSection'),
  settingsPage('/storage', () => import('../features/settings/storage-section.tsx'), 'StorageSection'),
  settingsPage('/audit', () => import('../features/settings/audit-section.tsx'), 'AuditSection'),
] as const;

const routeTree = rootRoute.addChildren([
  signInRoute,
  setupRoute,
  otherPersonRoute,
  ...gateRoutes,
  signedInRoute.addChildren([
    homeRoute,
    eventsRoute,
    shortcutRoute,
    newEventRoute,
    eventRoute.addChildren([
      overviewRoute,
      ticketsRoute,
      mintRoute,
      runRoute,
      batchRoute,
      batchTicketsRoute,
      ticketRoute,
      exportsRoute,
      plainExportsRoute,
      gatesRoute.addChildren([...gatesRoutes]),
      settingsRoute.addChildren([settingsHomeRoute, ...settingsRoutes]),
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMs: 300,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
