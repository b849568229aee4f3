import { t } from '@lingui/core/macro';
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { passwordSchema, setupRequestSchema } from '../../../core/api/session.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useSetUp } from './api/set-up.ts';
import { SessionCard } from './session-card.tsx';

const { name, email } = setupRequestSchema.shape;

/** `/setup#TOKEN`: the one-time page that makes the first administrator. The token never leaves the fragment until used. */
export function SetupPage() {
  const [token] = useState(() => location.hash.slice(1));
  const navigate = useNavigate();
  const setUp = useSetUp();
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (value) => (name.safeParse(value).success ? null : t`Enter your name`),
      email: (value) => (email.safeParse(value).success ? null : t`Enter your e-mail address`),
      password: (value) => (passwordSchema.safeParse(value).success ? null : t`Use 12 characters or more`),
    },
  });
  const submit = form.onSubmit((values) =>
    setUp.mutate({ token, ...values }, { onSuccess: () => navigate({ to: '/events', replace: true, hash: '' }) }),
  );
  if (token === '')
    return (
      <SessionCard title={t`Set-up link is incomplete`}>
        <Text>{t`Copy the whole link from the server’s console, with the part after the # sign.`}</Text>
        <Button variant="default" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t`Sign in instead`}
        </Button>
      </SessionCard>
    );
  return (
    <SessionCard title={t`Set up this server`}>
      <Text c="dimmed" size="sm">
        {t`You become its first administrator. This link works once.`}
      </Text>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput label={t`Your name`} autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput label={t`E-mail`} type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label={t`Password`}
            description={t`12 characters or more`}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {setUp.error !== null && <ProblemAlert error={setUp.error} />}
          <Button type="submit" loading={setUp.isPending}>
            {t`Set up`}
          </Button>
        </Stack>
      </form>
    </SessionCard>
  );
}
