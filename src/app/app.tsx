import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { connection } from '../api/connection.ts';
import { meQuery } from '../features/session/api/get-me.ts';
import { leaveFor, onSessionNews } from '../features/session/session-tabs.ts';
import { useLocale } from '../localisation/use-locale.ts';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';
import { pathOf } from './search-params.ts';
import { contrastVariables, theme } from './theme.ts';

const InsecurePage = lazy(() => import('./insecure-page.tsx').then((module) => ({ default: module.InsecurePage })));

export function App() {
  const locale = useLocale();
  return (
    // Follows the page's own `dir`, which the language sets.
    <DirectionProvider>
      <MantineProvider theme={theme} cssVariablesResolver={contrastVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <I18nProvider i18n={i18n}>
            {isSecureContext ? (
              <Console />
            ) : (
              <Suspense key={locale}>
                <InsecurePage />
              </Suspense>
            )}
          </I18nProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/**
 * Every page, and what goes on beside them. Words are looked up while drawing: another language draws the pages anew, and
 * leaves alone what goes on.
 */
function Console() {
  useLeaveWhenSignedOut();
  useFollowOtherTabs();
  useRefreshOnReturn();
  useInstalledApp();
  return <RouterProvider key={useLocale()} router={router} />;
}

/** When the session ends, the guards run again, and the sign-in page remembers where one was. */
function useLeaveWhenSignedOut(): void {
  useEffect(() => {
    const [key] = meQuery.queryKey;
    return queryClient.getQueryCache().subscribe(({ query, type }) => {
      if (type === 'updated' && query.queryKey[0] === key && query.state.data === null) void router.invalidate();
    });
  }, []);
}

/** Whoever signs in or out in one tab does so in all: no page goes on for another person. */
function useFollowOtherTabs(): void {
  useEffect(
    () =>
      onSessionNews((news) => {
        if (news.type === 'cleared') return leaveFor(news.path);
        if (queryClient.getQueryData(meQuery.queryKey)?.id === news.id) return;
        const { pathname, href, search } = router.state.location;
        leaveFor(pathname === '/sign-in' ? (pathOf(search.returnTo) ?? '/events') : href);
      }),
    [],
  );
}

/** Keeps the application itself on this device, and hears of new versions of it. */
function useInstalledApp(): void {
  useEffect(() => {
    if (import.meta.env.PROD) void import('../features/update/updates.ts').then(({ updates }) => updates.register());
  }, []);
}

/** Once the server answers again, what is on the screen is read anew, failed requests included. */
function useRefreshOnReturn(): void {
  useEffect(() => {
    let last = connection.state;
    return connection.subscribe(() => {
      if (connection.state === 'online' && last !== 'online') void queryClient.invalidateQueries();
      last = connection.state;
    });
  }, []);
}
