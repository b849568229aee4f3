import { useQuery, useQueryClient } from '@tanstack/react-query';
import { proxy } from 'comlink';
import { useMemo, useState } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { retarget } from '../../../core/attendees/columns.ts';
import { invalidList } from '../../../core/attendees/list-fault.ts';
import type { ListInspection, ListOverrides } from '../../../core/attendees/list-file.ts';
import type {
  CheckedList,
  ImportProgress,
  IssuedBatches,
  IssuedSummary,
  ListJob,
} from '../../../core/attendees/list-job.ts';
import {
  type ColumnTarget,
  type ListOptions,
  listOptionsSchema,
  typeKey,
} from '../../../core/attendees/list-options.ts';
import type { ListReport } from '../../../core/attendees/list-reader.ts';
import { findIssuedBatches } from './issued-batches.ts';
import { useImportWorker } from './use-import-worker.ts';

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
  /** Whether people who already have a ticket of the event get no other. */
  readonly leavesOutIssued: boolean;
}

const NO_CHOICES: Choices = {
  overrides: {},
  targets: null,
  typeChoices: {},
  duplicates: 'keep-first',
  leavesOutIssued: true,
};

export interface ListImport {
  readonly file: File | null;
  readonly inspection: ListInspection | undefined;
  readonly targets: readonly ColumnTarget[];
  readonly choices: Choices;
  /** The last report, also while the next check runs. */
  readonly report: ListReport | undefined;
  /** Where people may already have a ticket; undefined while that is looked up. */
  readonly issued: IssuedBatches | undefined;
  /** How far the tickets of these people were looked at for the report; null when nobody is to be left out. */
  readonly issuedSummary: IssuedSummary | null;
  /** Whether the report is that of the choices as they stand. */
  readonly isReady: boolean;
  /** Whether the list is being inspected or checked. */
  readonly isReading: boolean;
  /** What the running check reads, and how much of it it has read. */
  readonly progress: ImportProgress;
  readonly error: Error | null;
  open(file: File | null): void;
  override(overrides: ListOverrides): void;
  setTarget(column: number, target: ColumnTarget): void;
  chooseType(key: string, typeIndex: number | null): void;
  setDuplicates(choice: ListOptions['duplicates']): void;
  leaveOutIssued(leavesOut: boolean): void;
  /**
   * Writes the checked rows for their batches.
   * @throws {TicketmintError} `list-invalid` when the file gives other rows than it did at the check.
   */
  stage(targets: Readonly<Record<number, string>>, chunkSize: number, onShare: (share: number) => void): Promise<void>;
}

const NOTHING_READ: ImportProgress = { phase: 'list', share: 0 };

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
export function useListImport(eventId: string, types: readonly TicketType[], typeIndex: number | null): ListImport {
  const [picked, setPicked] = useState<PickedFile | null>(null);
  const [choices, setChoices] = useState(NO_CHOICES);
  const [progress, setProgress] = useState(NOTHING_READ);
  const call = useImportWorker();
  const { data: issued, error: issuedError } = useIssuedBatches(eventId, picked?.pick);
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
  const job = useMemo(
    () =>
      picked &&
      inspection &&
      issued &&
      jobOf({ file: picked.file, inspection, targets, choices, issued }, types, typeIndex),
    [picked, inspection, targets, choices, issued, types, typeIndex],
  );
  const checking = useQuery({
    ...LOCAL,
    queryKey: ['list-check', picked?.pick, job?.options, job?.issued],
    enabled: Boolean(job) && !inspecting.isPlaceholderData,
    queryFn: () => {
      setProgress(NOTHING_READ);
      return call((api) => api.checkList(job as ListJob, proxy(setProgress)));
    },
    placeholderData: (previous, query) => (query?.queryKey[1] === picked?.pick ? previous : undefined),
  });
  const checked = job ? checking.data : undefined;

  return {
    file: picked?.file ?? null,
    inspection,
    targets,
    choices,
    report: checked?.report,
    issued,
    issuedSummary: checked?.issued ?? null,
    isReady: checking.isSuccess && !checking.isPlaceholderData && !inspecting.isPlaceholderData,
    isReading:
      inspecting.isFetching || checking.isFetching || (picked !== null && issued === undefined && issuedError === null),
    progress,
    error: inspecting.error ?? issuedError ?? checking.error,
    open: (file) => {
      setChoices(NO_CHOICES);
      setPicked((previous) => (file === null ? null : { file, pick: (previous?.pick ?? 0) + 1 }));
    },
    // What was read differently is guessed afresh.
    override: (overrides) => change({ overrides: { ...choices.overrides, ...overrides }, targets: null }),
    setTarget: (column, target) => change({ targets: retarget(targets, column, target) }),
    chooseType: (key, chosen) => change({ typeChoices: { ...choices.typeChoices, [key]: chosen } }),
    setDuplicates: (duplicates) => change({ duplicates }),
    leaveOutIssued: (leavesOutIssued) => change({ leavesOutIssued }),
    stage: async (batches, chunkSize, onShare) => {
      if (!job) throw new TypeError('stage: expected a checked list');
      const onProgress = proxy(({ share }: ImportProgress) => onShare(share));
      const staged = await call((api) => api.stageList(job, batches, chunkSize, onProgress));
      if (countsOf(staged) !== countsOf(checking.data)) throw invalidList('list-changed');
    },
  };
}

function countsOf(checked: CheckedList | undefined): string {
  return JSON.stringify(checked?.report.counts);
}

/** Looked up once for each pick, so that the check and the staging leave out the same people. */
function useIssuedBatches(eventId: string, pick: number | undefined) {
  const queryClient = useQueryClient();
  return useQuery({
    ...LOCAL,
    queryKey: ['issued-batches', eventId, pick],
    enabled: pick !== undefined,
    queryFn: () => findIssuedBatches(queryClient, eventId),
  });
}

interface JobInput {
  readonly file: File;
  readonly inspection: ListInspection;
  readonly targets: readonly ColumnTarget[];
  readonly choices: Choices;
  readonly issued: IssuedBatches;
}

/** `undefined` while something is missing that decides how the list is read. */
function jobOf(
  { file, inspection, targets, choices, issued }: JobInput,
  types: readonly TicketType[],
  typeIndex: number | null,
): ListJob | undefined {
  const options = optionsOf(inspection, targets, choices, types, typeIndex);
  if (options === undefined) return undefined;
  const looksUp = choices.leavesOutIssued && issued.batches.length > 0 && namesPeople(targets);
  return { file, options, issued: looksUp ? issued : null };
}

/** Whether people can be told apart from those who have a ticket. */
export function namesPeople(targets: readonly ColumnTarget[]): boolean {
  return targets.includes('ref') || targets.includes('email');
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
