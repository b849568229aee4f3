import { MantineProvider } from '@mantine/core';
import { Profiler } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { TypeForm } from '../../../../src/features/types/type-form.tsx';
import { type EventTerms, emptyTypeValues } from '../../../../src/features/types/type-values.ts';

const TERMS: EventTerms = { currency: 'INR', timeZone: 'Asia/Kolkata' };
/** Times that the form has been drawn since. */
let drawn = 0;
let root: Root;
beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.querySelector('#root') as HTMLElement);
});
afterEach(() => root.unmount());

/** The form after some types of the event, whose colours are taken. */
function draw(taken: Parameters<typeof emptyTypeValues>[0]): void {
  root.render(
    <MantineProvider env="test">
      <Profiler id="form" onRender={() => drawn++}>
        <TypeForm
          initialValues={emptyTypeValues(taken)}
          terms={TERMS}
          submitLabel="Add type"
          isPending={false}
          error={null}
          onSubmit={async () => undefined}
        />
      </Profiler>
    </MantineProvider>,
  );
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
}

test('proposes the next free colour, and rests', async () => {
  draw([]);
  const colour = page.getByRole('combobox', { name: 'Colour' });
  await expect.element(colour).toHaveValue('Blue');
  const common = { priceMinor: 0, capacity: null, notBefore: null, notAfter: null, declared: 0, archivedAt: null };
  draw([{ ...common, name: 'General', index: 0, colour: 'blue' }]);
  await expect.element(colour).toHaveValue('Purple');
  await frames(10);
  drawn = 0;
  await frames(30);
  expect(drawn).toBe(0);
});
