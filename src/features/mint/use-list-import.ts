import { useQuery } from '@tanstack/react-query';
import { proxy, type Remote } from 'comlink';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { retarget } from '../../../core/attendees/columns.ts';
import type { ListInspection, ListOverrides } from '../../../core/attendees/list-file.ts';
import {
  type ColumnTarget,
  type ListOptions,
  listOptionsSchema,
  typeKey,
} from '../../../core/attendees/list-options.ts';
import type { ListReport } from '../../../core/attendees/list-reader.ts';
import { TicketmintError } from '../../../core/errors.ts';
import { startWorker, type WorkerApis, type WorkerHandle } from '../../../workers/bridge.ts';

/** A file that was picked; the number tells two picks of the same file apart. */
interface PickedFile {
  readonly file: File;
  readonly pick: number;
}

/** What a person chose about a list, beyond the guesses. */
interface Choices {
  readonly overrides: ListOverrides;
  /** Null as long as the guess stands. */
  readonly targets: readonly ColumnTarget[] | null;
  /** Ticket type for a text of the type's column, by its key; null: leave these rows out. */
  readonly typeChoices: Readonly<Record<string, number | null>>;
  readonly duplicates: ListOptions['duplicates'];
}

const NO_CHOICES: Choices = { overrides: {}, targets: null, typeChoices: {}, duplicates: 'keep-first' };

export interface ListImport {
  readonly file: File | null;
  readonly inspection: ListInspection | undefined;
  readonly targets: readonly ColumnTarget[];
  readonly choices: Choices;
  /** The last report, also while the next check runs. */
  readonly report: ListReport | undefined;
  /** Whether the report is that of the choices as they stand. */
  readonly isReady: boolean;
  /** Whether the list is being inspected or checked. */
  readonly isReading: boolean;
  /** How much of the list the running check has read, 0 to 1. */
  readonly share: number;
  readonly error: Error | null;
  open(file: File | null): void;
  override(overrides: ListOverrides): void;
  setTarget(column: number, target: ColumnTarget): void;
  chooseType(key: string, typeIndex: number | null): void;
  setDuplicates(choice: ListOptions['duplicates']): void;
  /**
   * Writes the checked rows for their batches.
   * @throws {TicketmintError} `list-invalid` when the file gives other rows than it did at the check.
   */
  stage(targets: Readonly<Record<number, string>>, chunkSize: number, onShare: (share: number) => void): Promise<void>;
}

/** Reading the file is local work: it goes on offline, is never repeated by itself, and nothing of it is kept. */
const LOCAL = {
  networkMode: 'always',
  retry: false,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  structuralSharing: false,
} as const;

/**
 * An attendee list from the pick to its report: inspected at once, checked again whenever a choice changes.
 * @param typeIndex the type for all rows where no column says it.
 */
export function useListImport(types: readonly TicketType[], typeIndex: number | null): ListImport {
  const [picked, setPicked] = useState<PickedFile | null>(null);
  const [choices, setChoices] = useState(NO_CHOICES);
  const [share, setShare] = useState(0);
  const call = useImportWorker();
  const change = (changes: Partial<Choices>) => setChoices((current) => ({ ...current, ...changes }));

  const inspecting = useQuery({
    ...LOCAL,
    queryKey: ['list-inspection', picked?.pick, choices.overrides],
    enabled: picked !== null,
    queryFn: () => call((api) => api.inspectList((picked as PickedFile).file, choices.overrides)),
    placeholderData: (previous, query) => (query?.queryKey[1] === picked?.pick ? previous : undefined),
  });
  const inspection = picked === null ? undefined : inspecting.data;
  const targets = choices.targets ?? inspection?.targets ?? [];
  const options = useMemo(
    () => (inspection === undefined ? undefined : optionsOf(inspection, targets, choices, types, typeIndex)),
    [inspection, targets, choices, types, typeIndex],
  );
  const checking = useQuery({
    ...LOCAL,
    queryKey: ['list-check', picked?.pick, options],
    enabled: picked !== null && options !== undefined && !inspecting.isPlaceholderData,
    queryFn: () => {
      setShare(0);
      const onProgress = proxy((progress: { readonly share: number }) => setShare(progress.share));
      return call((api) => api.checkList((picked as PickedFile).file, options as ListOptions, onProgress));
    },
    placeholderData: (previous, query) => (query?.queryKey[1] === picked?.pick ? previous : undefined),
  });

  return {
    file: picked?.file ?? null,
    inspection,
    targets,
    choices,
    report: options === undefined ? undefined : checking.data,
    isReady: checking.isSuccess && !checking.isPlaceholderData && !inspecting.isPlaceholderData,
    isReading: inspecting.isFetching || checking.isFetching,
    share,
    error: inspecting.error ?? checking.error,
    open: (file) => {
      setChoices(NO_CHOICES);
      setPicked((previous) => (file === null ? null : { file, pick: (previous?.pick ?? 0) + 1 }));
    },
    // What was read differently is guessed afresh.
    override: (overrides) => change({ overrides: { ...choices.overrides, ...overrides }, targets: null }),
    setTarget: (column, target) => change({ targets: retarget(targets, column, target) }),
    chooseType: (key, chosen) => change({ typeChoices: { ...choices.typeChoices, [key]: chosen } }),
    setDuplicates: (duplicates) => change({ duplicates }),
    stage: async (batches, chunkSize, onShare) => {
      if (picked === null || options === undefined) throw new TypeError('stage: expected a checked list');
      const onProgress = proxy((progress: { readonly share: number }) => onShare(progress.share));
      const staged = await call((api) => api.stageList(picked.file, options, batches, chunkSize, onProgress));
      if (JSON.stringify(staged.counts) !== JSON.stringify(checking.data?.counts))
        throw new TicketmintError('list-invalid', 'The file changed since it was checked. Choose it again.');
    },
  };
}

function optionsOf(
  { source, hasHeader }: ListInspection,
  targets: readonly ColumnTarget[],
  { typeChoices, duplicates }: Choices,
  types: readonly TicketType[],
  typeIndex: number | null,
): ListOptions | undefined {
  const named = Object.fromEntries(types.map(({ name, index }) => [typeKey(name), index]));
  const chosen = Object.entries({ ...named, ...typeChoices }).filter(
    (entry): entry is [string, number] => entry[1] !== null,
  );
  const typing = targets.includes('type')
    ? { kind: 'column', values: Object.fromEntries(chosen) }
    : { kind: 'one', typeIndex };
  return listOptionsSchema.safeParse({ source, hasHeader, targets, types: typing, duplicates }).data;
}

type ImportCall = <Result>(use: (api: Remote<WorkerApis['import']>) => Promise<Result>) => Promise<Result>;

/** One worker for as long as the page is open; a new one after a crash. */
function useImportWorker(): ImportCall {
  const handle = useRef<WorkerHandle<'import'>>(undefined);
  useEffect(
    () => () => {
      handle.current?.terminate();
      handle.current = undefined;
    },
    [],
  );
  return async (use) => {
    handle.current ??= startWorker('import');
    try {
      return await handle.current.call(use);
    } catch (error) {
      if (error instanceof TicketmintError && error.code === 'internal') handle.current = undefined;
      throw error;
    }
  };
}
