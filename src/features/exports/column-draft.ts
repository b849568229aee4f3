import type { ColumnChoice } from '../../../core/export/common-options.ts';
import type { Column } from '../../../core/export/format.ts';

/** One line of the column picker. */
export interface ColumnDraft {
  readonly id: string;
  readonly usualTitle: string;
  readonly title: string;
  readonly isChosen: boolean;
}

/** All columns, chosen, in their usual order. */
export function usualColumns(columns: readonly Column[]): readonly ColumnDraft[] {
  return columns.map(({ id, title }) => ({ id, usualTitle: title, title, isChosen: true }));
}

/** The draft for these columns: what was chosen stays as it was, columns that are new come last, others go. */
export function adaptColumns(draft: readonly ColumnDraft[], columns: readonly Column[]): readonly ColumnDraft[] {
  const usual = usualColumns(columns);
  const kept = draft.filter(({ id }) => usual.some((column) => column.id === id));
  return [...kept, ...usual.filter(({ id }) => !kept.some((column) => column.id === id))];
}

/** The `columns` option; null where nothing differs from the usual. */
export function columnChoices(
  draft: readonly ColumnDraft[],
  columns: readonly Column[],
): readonly ColumnChoice[] | null {
  const isUsual =
    draft.length === columns.length &&
    draft.every(
      ({ id, title, usualTitle, isChosen }, index) => isChosen && title === usualTitle && id === columns[index]?.id,
    );
  if (isUsual) return null;
  return draft.flatMap(({ id, title, usualTitle, isChosen }) => {
    if (!isChosen) return [];
    return [title.trim() === '' || title === usualTitle ? { id } : { id, title }];
  });
}

/** The draft of a choice that was made before: its columns in their order, then the others, not chosen. */
export function chosenFirst(choices: readonly ColumnChoice[], columns: readonly Column[]): readonly ColumnDraft[] {
  const usual = usualColumns(columns);
  const chosen = choices.flatMap(({ id, title }) => {
    const column = usual.find((one) => one.id === id);
    return column === undefined ? [] : { ...column, title: title ?? column.usualTitle };
  });
  const others = usual.filter(({ id }) => !choices.some((choice) => choice.id === id));
  return [...chosen, ...others.map((column) => ({ ...column, isChosen: false }))];
}
