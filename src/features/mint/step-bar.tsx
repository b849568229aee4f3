import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Divider, Group, Text, ThemeIcon } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Fragment } from 'react';

const STEPS = [msg`What`, msg`Check`, msg`Run`] as const;

/** Where one is: what, check, run. `active` is the step's index; past the last, all are done. */
export function StepBar({ active }: { readonly active: number }) {
  return (
    <Group component="ol" wrap="nowrap" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t`Steps`}>
      {STEPS.map((label, index) => (
        <Fragment key={label.id}>
          {index > 0 && <Divider component="li" flex={1} aria-hidden />}
          <Group component="li" wrap="nowrap" gap="xs" {...(index === active && { 'aria-current': 'step' })}>
            <ThemeIcon
              radius="xl"
              variant={index === active ? 'filled' : 'light'}
              color={index > active ? 'gray' : 'mint'}
            >
              {index < active ? (
                <IconCheck size="1em" aria-label={t`done`} />
              ) : (
                <Text fz="sm" fw={600}>
                  {index + 1}
                </Text>
              )}
            </ThemeIcon>
            <Text fw={index === active ? 650 : 400} c={index > active ? 'dimmed' : 'inherit'}>
              {i18n._(label)}
            </Text>
          </Group>
        </Fragment>
      ))}
    </Group>
  );
}
