import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useMemo } from 'react';
import { ScrollMapping } from './scroll-mapping.ts';

interface RowWindowOptions {
  readonly count: number;
  readonly rowHeight: number;
  readonly scroller: RefObject<HTMLElement | null>;
}

export interface RowWindow {
  /** The rows to draw. */
  readonly items: readonly VirtualItem[];
  /** Where a row's item lies within the element of height {@link realHeight}. */
  readonly topOf: (item: VirtualItem) => number;
  readonly realHeight: number;
  readonly isScrolling: boolean;
  /** The first row in view. */
  readonly firstInView: () => number;
  /** Brings a row into view, by as little as needed, or as the first in view. */
  readonly reveal: (index: number, align?: 'nearest' | 'start') => void;
}

/** TanStack Virtual over a list of any height: it works in the list's positions, {@link ScrollMapping} in the element's. */
export function useRowWindow({ count, rowHeight, scroller }: RowWindowOptions): RowWindow {
  const mapping = useMemo(() => new ScrollMapping(count * rowHeight), [count, rowHeight]);
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count,
    estimateSize: () => rowHeight,
    getScrollElement: () => scroller.current,
    overscan: 8,
    observeElementOffset: (instance, report) => {
      const element = instance.scrollElement;
      if (element === null) return;
      let settled: ReturnType<typeof setTimeout>;
      const onScroll = () => {
        const virtual = mapping.scrolled(element.scrollTop, element.clientHeight);
        if (Math.abs(mapping.real - element.scrollTop) >= 1) element.scrollTop = mapping.real;
        report(virtual, true);
        clearTimeout(settled);
        settled = setTimeout(() => report(mapping.virtual, false), 120);
      };
      element.addEventListener('scroll', onScroll, { passive: true });
      report(mapping.scrolled(element.scrollTop, element.clientHeight), false);
      return () => {
        clearTimeout(settled);
        element.removeEventListener('scroll', onScroll);
      };
    },
    // Positions change by the mapping only, never by the virtualizer's own corrections.
    scrollToFn: () => {},
  });
  const reveal = useCallback(
    (index: number, align: 'nearest' | 'start' = 'nearest') => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * rowHeight;
      const bottom = top + rowHeight - element.clientHeight;
      const isFirst = align === 'start' || top < mapping.virtual;
      const target = isFirst ? top : Math.max(mapping.virtual, bottom);
      if (target === mapping.virtual) return;
      mapping.moveTo(target, element.clientHeight);
      element.scrollTop = mapping.real;
      element.dispatchEvent(new Event('scroll'));
    },
    [mapping, rowHeight, scroller],
  );
  const firstInView = useCallback(() => Math.floor(mapping.virtual / rowHeight), [mapping, rowHeight]);
  return {
    items: virtualizer.getVirtualItems(),
    topOf: (item) => item.start - mapping.shift,
    realHeight: mapping.realHeight,
    isScrolling: virtualizer.isScrolling,
    firstInView,
    reveal,
  };
}
