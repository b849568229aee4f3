import { DataList, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface FactsProps {
  readonly title: string;
  /** Label and value; those whose value is null are left out. */
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
  readonly children?: ReactNode;
}

/** What is known of a thing, as labels and values in a panel. */
export function Facts({ title, facts, children }: FactsProps) {
  return (
    <Panel title={title}>
      <DataList labelWidth="7.5rem" size="sm" gap="xs">
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <DataList.Item key={label}>
              <DataList.ItemLabel>{label}</DataList.ItemLabel>
              <DataList.ItemValue>{value}</DataList.ItemValue>
            </DataList.Item>
          ))}
      </DataList>
      {children}
    </Panel>
  );
}

/** A titled panel of a page. */
export function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h3" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
