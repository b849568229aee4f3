import { t } from '@lingui/core/macro';
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type ChangeEvent, type FormEvent, useState } from 'react';
import type { Me, SignInRequest } from '../../../core/api/session.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { setupQuery } from './api/set-up.ts';
import { useSignIn } from './api/sign-in.ts';
import { signOutDueQuery } from './api/sign-out.ts';
import { SessionCard } from './session-card.tsx';
import { leaveFor } from './session-tabs.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { returnTo } = route.useSearch();
  const router = useRouter();
  const signIn = useSignIn();
  const setup = useQuery(setupQuery);
  const { data: isSignOutDue = false } = useQuery(signOutDueQuery);
  const [values, setValues] = useState<SignInRequest>({ email: '', password: '' });
  const [wrong, setWrong] = useState<readonly PropertyKey[]>([]);
  const inputProps = (field: keyof SignInRequest) => ({
    value: values[field],
    onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => {
      setValues({ ...values, [field]: value });
      setWrong(wrong.filter((other) => other !== field));
    },
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { signInRequestSchema } = await import('../../../core/api/session.ts');
    const { error } = signInRequestSchema.safeParse(values);
    setWrong(error?.issues.map(({ path }) => path[0] ?? '') ?? []);
    if (error === undefined) signIn.mutate(values, { onSuccess: goOn });
  };
  const goOn = async (me: Me) => {
    const { claimDevice } = await import('./device-owner.ts');
    // What goes on here for somebody else ends with this page.
    const path = returnTo ?? '/events';
    if ((await claimDevice(me, path)) !== null) return leaveFor(path);
    router.history.replace(path);
    // Uploads that waited for a session go on at once.
    const { wakeRuns } = await import('../mint/run-controller.ts');
    wakeRuns();
  };
  return (
    <SessionCard title={t`Sign in`}>
      {returnTo !== undefined && (
        <Text c="dimmed" size="sm">
          {t`You come back to where you were. What is kept on this device is safe.`}
        </Text>
      )}
      {isSignOutDue && (
        <Text c="dimmed" size="sm">
          {t`You are signed out here. The server hears of it when this device reaches it next.`}
        </Text>
      )}
      {setup.data?.needsSetup === true && (
        <Alert icon={<IconInfoCircle aria-hidden />} title={t`This server is not set up yet`}>
          {t`Open the set-up link that it printed on its console.`}
        </Alert>
      )}
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            autoFocus
            {...inputProps('email')}
            error={wrong.includes('email') && t`Enter your e-mail address`}
          />
          <PasswordInput
            label={t`Password`}
            autoComplete="current-password"
            {...inputProps('password')}
            error={wrong.includes('password') && t`Enter your password`}
          />
          {signIn.error !== null && <SignInProblem error={signIn.error} />}
          <Button type="submit" loading={signIn.isPending}>
            {t`Sign in`}
          </Button>
        </Stack>
      </form>
    </SessionCard>
  );
}

function SignInProblem({ error }: { readonly error: Error }) {
  if (error instanceof ApiProblem && error.code === 'not-signed-in')
    return (
      <Alert role="alert" color="red" title={t`E-mail or password is wrong`}>
        {t`Check both and try again.`}
      </Alert>
    );
  return <ProblemAlert error={error} />;
}
