import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { ActionIcon, Box, type MantineColorScheme, Menu, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Role } from '../../../core/api/session.ts';
import { LanguageItems } from '../../localisation/language-items.tsx';
import { meQuery } from './api/get-me.ts';
import { SignOutDialog } from './sign-out-dialog.tsx';

const SCHEMES = [
  { value: 'light', label: msg`Light` },
  { value: 'dark', label: msg`Dark` },
  { value: 'auto', label: msg`Device` },
] as const;

const ROLE_NAMES: Readonly<Record<Role, MessageDescriptor>> = {
  admin: msg`admin`,
  coordinator: msg`coordinator`,
  gate: msg`gate`,
};

/** Who is signed in, the language, the colours, the keys, and the way out. */
export function AccountMenu({ onShowShortcuts }: { readonly onShowShortcuts: () => void }) {
  const { data: me } = useQuery(meQuery);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [signsOut, setSignsOut] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  /** A dialog gives the focus back to where it was, which must not be an item that is gone by then. */
  const open = (dialog: () => void) => () => {
    button.current?.focus();
    dialog();
  };
  return (
    <>
      {signsOut && <SignOutDialog onClose={() => setSignsOut(false)} />}
      <Menu position="bottom-end" width="17rem">
        <Menu.Target>
          <ActionIcon ref={button} aria-label={t`Account and appearance`}>
            <IconUserCircle aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {me != null && (
            <Stack gap={0} p="xs">
              <Text fw={600}>{me.name}</Text>
              <Text size="sm" c="dimmed" truncate>
                {me.email} · {i18n._(ROLE_NAMES[me.role])}
              </Text>
            </Stack>
          )}
          <Menu.Divider />
          <Menu.Label>{t`Language`}</Menu.Label>
          <LanguageItems />
          <Menu.Divider />
          <Menu.Label>{t`Colours`}</Menu.Label>
          <Box role="group" aria-label={t`Colours`}>
            <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
              {SCHEMES.map(({ value, label }) => (
                <Menu.RadioItem key={value} value={value}>
                  {i18n._(label)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Box>
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard aria-hidden />} onClick={open(onShowShortcuts)} visibleFrom="md">
            {t`Keyboard shortcuts`}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout className="mirrored" aria-hidden />}
            onClick={open(() => setSignsOut(true))}
          >
            {t`Sign out`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
