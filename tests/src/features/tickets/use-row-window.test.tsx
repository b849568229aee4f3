import { useRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useRowWindow } from '../../../../src/features/tickets/use-row-window.ts';

const ROW = 44;
const COUNT = 1_000_000;

let host: HTMLElement;
let root: Root;
let reveal: (index: number) => void;

function List() {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRowWindow({ count: COUNT, rowHeight: ROW, scroller });
  reveal = rows.reveal;
  return (
    <div ref={scroller} data-testid="scroller" style={{ height: 600, overflowY: 'scroll', position: 'relative' }}>
      <div style={{ height: rows.realHeight, position: 'relative' }}>
        {rows.items.map((item) => (
          <div
            key={item.index}
            data-row={item.index}
            style={{ position: 'absolute', top: rows.topOf(item), height: ROW }}
          >
            {item.index}
          </div>
        ))}
      </div>
    </div>
  );
}

const scrollerOf = () => host.firstElementChild as HTMLElement;
const frames = async (count = 2) => {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
};

/** The rows that lie within the scroller, by what is measured on the page. */
function rowsInView(): number[] {
  const box = scrollerOf().getBoundingClientRect();
  return [...host.querySelectorAll<HTMLElement>('[data-row]')]
    .filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > box.top + 1 && top < box.bottom - 1;
    })
    .map((row) => Number(row.dataset.row));
}

beforeEach(async () => {
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  root.render(<List />);
  await expect.poll(() => rowsInView().length).toBeGreaterThan(10);
});

afterEach(() => {
  root.unmount();
  host.remove();
});

test('shows the last of a million rows when scrolled to the end', async () => {
  const scroller = scrollerOf();
  scroller.scrollTop = scroller.scrollHeight;
  await expect.poll(rowsInView).toContain(COUNT - 1);
  expect(rowsInView().length).toBeGreaterThanOrEqual(13);
});

test('shows every row it is asked to reveal, and fills the view around it', async () => {
  for (const index of [0, 12, 13, 90_908, 500_000, 999_999, 499_999, 1]) {
    reveal(index);
    await frames();
    expect(rowsInView()).toContain(index);
    expect(rowsInView().length).toBeGreaterThanOrEqual(13);
  }
});

test('scrolls by the pixel in the middle of the list', async () => {
  reveal(500_000);
  await frames();
  const before = rowsInView()[0] as number;
  for (let step = 0; step < 50; step++) {
    scrollerOf().scrollTop += ROW;
    await frames(1);
  }
  await frames();
  expect((rowsInView()[0] as number) - before).toBeGreaterThanOrEqual(49);
  expect((rowsInView()[0] as number) - before).toBeLessThanOrEqual(51);
});

test('keeps no more rows than fill the view and its edges', async () => {
  for (let step = 1; step <= 20; step++) {
    scrollerOf().scrollTop = (step / 20) * scrollerOf().scrollHeight;
    await frames();
    expect(host.querySelectorAll('[data-row]').length).toBeLessThan(60);
    expect(rowsInView().length).toBeGreaterThanOrEqual(13);
  }
});
