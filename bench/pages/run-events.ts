import { chunkSizeFor } from '../../core/chunk/chunk.ts';
import { RUN_CHANNEL, type RunEvent } from '../../core/mint/run-event.ts';
import type { MintPlan } from '../../src/features/mint/run-controller.ts';

/** Listens to the device's runs until `decide` says yes; what it throws is the rejection. */
function whenRunEvent(decide: (event: RunEvent) => boolean): Promise<void> {
  const channel = new BroadcastChannel(RUN_CHANNEL);
  return new Promise<void>((resolve, reject) => {
    channel.onmessage = ({ data }: MessageEvent<RunEvent>) => {
      try {
        if (decide(data)) resolve();
      } catch (error) {
        reject(error);
      }
    };
  }).finally(() => channel.close());
}

/** Resolves when the minter says that it finished a batch; rejects when it says that it cannot go on. */
export function whenMinted(): Promise<void> {
  return whenRunEvent((event) => {
    if (event.type !== 'blocked' || event.by !== 'mint') return false;
    if (event.block !== null) throw new Error(`minting stopped: ${event.block.detail}`);
    return true;
  });
}

/** Resolves with the acknowledgement of the last ticket. */
export function whenUploaded(rows: number): Promise<void> {
  return whenRunEvent((event) => {
    if (event.type === 'blocked' && event.block !== null) throw new Error(`the run stopped: ${event.block.detail}`);
    return event.type === 'uploaded' && event.uploaded === rows;
  });
}

/** What the mint button asks for: one batch by quantity. */
export function planFor(eventId: string, rows: number): MintPlan {
  const batch = {
    typeIndex: 0,
    count: rows,
    notBefore: null,
    notAfter: null,
    personalised: false,
    seatPattern: null,
    seatOffset: 0,
  };
  return { eventId, title: `${rows} × General`, chunkSize: chunkSizeFor(rows, false), batches: [batch] };
}
