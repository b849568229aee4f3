import { t } from '@lingui/core/macro';
import { Box, Code, CopyButton, Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface CopyableProps {
  /** What is copied. */
  readonly value: string;
  /** What it is, for the button's name: "short code". */
  readonly label: string;
  /** Shown in groups of so many characters, for the eye only; 0 for as it is. */
  readonly groupsOf?: number;
}

/** A code in a monospace face; one tap copies it. */
export function Copyable({ value, label, groupsOf = 0 }: CopyableProps) {
  const shown = groupsOf === 0 ? value : (value.match(new RegExp(`.{1,${groupsOf}}`, 'g')) ?? []).join(' ');
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <UnstyledButton onClick={copy} maw="100%">
          <VisuallyHidden>{t`Copy ${label}`}</VisuallyHidden>
          <Group gap="xs" wrap="nowrap" align="center" mih="2.75rem">
            <Code fz="sm" px="xs" py={6} style={{ overflowWrap: 'anywhere' }}>
              {shown}
            </Code>
            <Box c={copied ? 'mint' : 'dimmed'} display="flex">
              {copied ? <IconCheck size="1.1rem" aria-hidden /> : <IconCopy size="1.1rem" aria-hidden />}
            </Box>
            {copied && (
              <Text span size="xs" c="dimmed" role="status">
                {t`Copied`}
              </Text>
            )}
          </Group>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
