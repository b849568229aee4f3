import { formatCount } from '../../utils/format.ts';

/** `1 row` or `1,200 rows`. */
export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
