import type { ExportOutcome } from '../../../core/export/job.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';

/** An export from the press to its result, in this tab or in another one of this device. */
export interface LiveExport {
  readonly id: string;
  readonly eventId: string;
  readonly fileName: string;
  /** `queued`: waits, as five are running. */
  readonly state: 'preparing' | 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** Null until it runs. */
  readonly progress: ExportProgress | null;
  readonly outcome: ExportOutcome | null;
  readonly error: unknown;
  /** False when corrections and revocations are only as this device last heard of them. */
  readonly isUpToDate: boolean;
  /** It is whole, and waits in the browser's own files for a press that saves it. */
  readonly needsSaving: boolean;
  /** Another tab has it; it can be cancelled from here too. */
  readonly isElsewhere: boolean;
}

/** What tabs tell each other. */
type ExportNews =
  | { readonly type: 'live'; readonly live: LiveExport }
  | { readonly type: 'cancel'; readonly id: string };

const CHANNEL = 'ticketmint-exports';

/** The exports under way on this device and those that this tab has seen end, newest first. */
class LiveExports {
  readonly #exports = new Map<string, LiveExport>();
  readonly #listeners = new Set<() => void>();
  readonly #channel = new BroadcastChannel(CHANNEL);
  #snapshot: readonly LiveExport[] = [];
  /** Called with what other tabs say. */
  onNews: (news: ExportNews) => void = () => {};

  constructor() {
    this.#channel.onmessage = ({ data }: MessageEvent<ExportNews>) => {
      if (data.type === 'live') this.#hear(data.live);
      this.onNews(data);
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly all = (): readonly LiveExport[] => this.#snapshot;

  get(id: string): LiveExport | undefined {
    return this.#exports.get(id);
  }

  /** Begins or replaces the line of an export of this tab. */
  begin(facts: Pick<LiveExport, 'id' | 'eventId' | 'fileName' | 'state'>): void {
    const nothing = { progress: null, outcome: null, error: null, isUpToDate: true } as const;
    this.#set({ ...nothing, ...facts, needsSaving: false, isElsewhere: false });
    this.#say(facts.id);
  }

  update(id: string, change: Partial<LiveExport>): void {
    const live = this.#exports.get(id);
    if (live === undefined) return;
    this.#set({ ...live, ...change });
    this.#say(id);
  }

  remove(id: string): void {
    this.#exports.delete(id);
    this.#tell();
  }

  askToCancel(id: string): void {
    this.#channel.postMessage({ type: 'cancel', id } satisfies ExportNews);
  }

  /** Once another tab's export is over, its record says so. */
  #hear(live: LiveExport): void {
    if (this.#exports.get(live.id)?.isElsewhere === false) return;
    if (isOver(live)) this.remove(live.id);
    else this.#set({ ...live, isElsewhere: true });
  }

  #say(id: string): void {
    const live = this.#exports.get(id);
    // Errors and outcomes may hold what cannot be sent; the record has them.
    if (live !== undefined)
      this.#channel.postMessage({
        type: 'live',
        live: { ...live, error: null, outcome: null },
      } satisfies ExportNews);
  }

  #set(live: LiveExport): void {
    this.#exports.set(live.id, live);
    this.#tell();
  }

  #tell(): void {
    this.#snapshot = [...this.#exports.values()].reverse();
    for (const listener of this.#listeners) listener();
  }
}

export const liveExports = new LiveExports();

/** Whether nothing more will come of it. */
export function isOver({ state }: Pick<LiveExport, 'state'>): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled';
}
