import { ActionIcon, Box, type MantineColorScheme, Menu, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from './api/get-me.ts';
import { useSignOut } from './api/sign-out.ts';

const SCHEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Device' },
] as const;

/** Who is signed in, the colours, the keys, and the way out. */
export function AccountMenu({ onShowShortcuts }: { readonly onShowShortcuts: () => void }) {
  const { data: me } = useQuery(meQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width="17rem">
      <Menu.Target>
        <ActionIcon aria-label="Account and appearance">
          <IconUserCircle aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me != null && (
          <Stack gap={0} p="xs">
            <Text fw={600}>{me.name}</Text>
            <Text size="sm" c="dimmed" truncate>
              {me.email} · {me.role}
            </Text>
          </Stack>
        )}
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        <Box role="group" aria-label="Colours">
          <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
            {SCHEMES.map(({ value, label }) => (
              <Menu.RadioItem key={value} value={value}>
                {label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Box>
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard aria-hidden />} onClick={onShowShortcuts} visibleFrom="md">
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
