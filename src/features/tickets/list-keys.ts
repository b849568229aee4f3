/**
 * The row that a key moves to from another one, within the list; `undefined` for keys that do not move.
 * @param page how many rows Page Up and Page Down pass.
 */
export function rowAfterKey(key: string, index: number, page: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}
