import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TicketType } from '../../../../core/api/event.ts';
import { relaxedDatabase } from '../../../../src/database/database.ts';
import { ColumnMapping } from '../../../../src/features/mint/column-mapping.tsx';
import { ListDrop } from '../../../../src/features/mint/list-drop.tsx';
import { ListProblem } from '../../../../src/features/mint/list-problem.tsx';
import { DuplicatesChoice, ListReportView } from '../../../../src/features/mint/list-report.tsx';
import { ReadingOptions } from '../../../../src/features/mint/reading-options.tsx';
import { type ListImport, useListImport } from '../../../../src/features/mint/use-list-import.ts';

const TYPES = ['General', 'VIP'].map((name, index): TicketType => {
  const common = { priceMinor: 0, capacity: null, notBefore: null, notAfter: null, declared: 0, archivedAt: null };
  return { ...common, name, index, colour: 'blue' };
});

let latest: ListImport;

/** The list's parts of the mint page, over the real worker. */
function Harness() {
  const list = useListImport('aaaaaaaaaaaa', TYPES, 0);
  latest = list;
  return (
    <>
      <ListDrop file={list.file} onFile={list.open} />
      {list.error !== null && <ListProblem error={list.error} />}
      {list.inspection !== undefined && (
        <>
          <ReadingOptions inspection={list.inspection} onOverride={list.override} />
          <ColumnMapping inspection={list.inspection} targets={list.targets} onTarget={list.setTarget} />
        </>
      )}
      {list.report !== undefined && (
        <>
          <DuplicatesChoice
            duplicates={list.report.duplicates}
            choice={list.choices.duplicates}
            onChoice={list.setDuplicates}
          />
          <ListReportView report={list.report} isReady={list.isReady} progress={list.progress} fileName="guests.csv" />
        </>
      )}
    </>
  );
}

function Providers() {
  const [client] = useState(() => new QueryClient());
  return (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Harness />
      </QueryClientProvider>
    </MantineProvider>
  );
}

async function choose(content: string | Uint8Array<ArrayBuffer>, name = 'guests.csv'): Promise<void> {
  await userEvent.upload(page.getByLabelText('Attendee list'), new File([content], name));
}

const LIST =
  'name,mail,ref,ticket type\nAsha Rao,a@x.org,1,VIP\nBo,b@x.org,1,General\nCy,bad,3,VIP\nDee,d@x.org,4,Balcony\n';

describe('an attendee list on the mint page', () => {
  let root: Root;
  beforeEach(() => {
    const container = document.body.appendChild(document.createElement('div'));
    root = createRoot(container);
    root.render(<Providers />);
  });
  afterEach(async () => {
    root.unmount();
    document.body.replaceChildren();
    await relaxedDatabase().stagedPages.clear();
  });

  it('is read and checked as soon as it is chosen', async () => {
    await choose(LIST);
    await expect.element(page.getByRole('status')).toHaveTextContent('1 row gives a ticket, 3 left out.');
    await expect.element(page.getByLabelText('What “mail” is')).toHaveValue('email');
    await userEvent.click(page.getByRole('button', { name: 'Show rows left out (3)' }));
    await expect.element(page.getByRole('row', { name: '4 “bad” is no e-mail address.' })).toBeVisible();
    await expect.element(page.getByRole('row', { name: '5 No ticket type is chosen for “Balcony”.' })).toBeVisible();
    const link = page.getByRole('link', { name: 'Download as CSV' }).element() as HTMLAnchorElement;
    expect(link.download).toBe('guests-left-out.csv');
    expect(await (await fetch(link.href)).text()).toContain('3,Has the same reference as line 2.,Bo');
  });

  it('is checked again when a choice changes', async () => {
    await choose(LIST);
    await userEvent.click(page.getByLabelText('Keep all'));
    await expect.element(page.getByRole('status')).toHaveTextContent('2 rows give a ticket each, 2 left out.');
    await userEvent.selectOptions(page.getByLabelText('What “mail” is'), 'ignore');
    await expect.element(page.getByRole('status')).toHaveTextContent('3 rows give a ticket each, 1 left out.');
    latest.chooseType('balcony', 1);
    await expect.element(page.getByRole('status')).toHaveTextContent('4 rows give a ticket each.');
    expect(latest.report?.counts).toEqual([
      { typeIndex: 1, count: 3 },
      { typeIndex: 0, count: 1 },
    ]);
  });

  it('may be dropped, and read in another encoding than was guessed', async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode('name,mail\nMort Ma'),
      0xf1,
      ...new TextEncoder().encode('n,m@x.org\n'),
    ]);
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'dropped.csv'));
    const target = page.getByText('Drop an attendee list here');
    await expect.element(target).toBeVisible();
    target.element().dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    await userEvent.selectOptions(page.getByLabelText('Encoding'), 'windows-1251');
    await vi.waitFor(() => expect(latest.inspection?.rows[0]?.[0]).toBe('Mort Ma\u0441n'));
  });

  it('says why it cannot be read, and takes the next one', async () => {
    await choose(new Uint8Array(500));
    await expect.element(page.getByRole('alert')).toMatchTextContent(/The file holds no text\./);
    await choose('name\nAsha\n');
    await expect.element(page.getByRole('status')).toHaveTextContent('1 row gives a ticket.');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  it('stages what was checked', async () => {
    await choose(LIST);
    await expect.element(page.getByRole('status')).toMatchTextContent(/1 row gives a ticket/);
    await latest.stage({ 1: '00000000000b' }, 500, () => {});
    const pages = await relaxedDatabase().stagedPages.toArray();
    expect(pages).toEqual([
      { batchId: '00000000000b', seq: 0, fields: { holder: ['Asha Rao'], email: ['a@x.org'], ref: ['1'] } },
    ]);
  });
});
