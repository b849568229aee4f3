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
      name: (value) => (name.safeParse(value).success ? null : 'Enter your name'),
      email: (value) => (email.safeParse(value).success ? null : 'Enter your e-mail address'),
      password: (value) => (passwordSchema.safeParse(value).success ? null : 'Use 12 characters or more'),
    },
  });
  const submit = form.onSubmit((values) =>
    setUp.mutate({ token, ...values }, { onSuccess: () => navigate({ to: '/events', replace: true, hash: '' }) }),
  );
  if (token === '')
    return (
      <SessionCard title="Set-up link is incomplete">
        <Text>Copy the whole link from the server’s console, with the part after the # sign.</Text>
        <Button variant="default" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          Sign in instead
        </Button>
      </SessionCard>
    );
  return (
    <SessionCard title="Set up this server">
      <Text c="dimmed" size="sm">
        You become its first administrator. This link works once.
      </Text>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput label="Your name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            description="12 characters or more"
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {setUp.error !== null && <ProblemAlert error={setUp.error} />}
          <Button type="submit" loading={setUp.isPending}>
            Set up
          </Button>
        </Stack>
      </form>
    </SessionCard>
  );
}
