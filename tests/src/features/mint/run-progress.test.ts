import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../core/mint/run-event.ts';
import { applyRunEvent } from '../../../../src/features/mint/run-progress.ts';

type Live = Parameters<typeof applyRunEvent>[0];

const NOTHING_YET: Live = {
  signed: 0,
  buffered: 0,
  uploaded: 0,
  retry: null,
  mintBlock: null,
  uploadBlock: null,
  recent: [],
  samples: [],
};
const runId = '0'.repeat(32);

/** What a page knows after hearing these, one a second. */
function hearing(...events: readonly RunEvent[]) {
  return events.reduce<Live>((live, event, second) => applyRunEvent(live, event, 1_000 * second), NOTHING_YET);
}

const uploaded = (tickets: number): RunEvent => ({ type: 'uploaded', runId, uploaded: tickets });

describe('what a page hears of a run', () => {
  it('is the counts, and the acknowledgements of the last ten seconds', () => {
    const live = hearing(
      { type: 'minted', runId, signed: 900, buffered: 800 },
      ...Array.from({ length: 15 }, (_, index) => uploaded(50 * index)),
    );
    expect(live).toMatchObject({ signed: 900, buffered: 800, uploaded: 700 });
    expect(live.samples.map(({ at }) => at)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((at) => 1_000 * at));
  });

  it('is what blocks minting and what blocks uploading, apart', () => {
    const full = { kind: 'storage-full', detail: '' } as const;
    const offline = { kind: 'offline', detail: '' } as const;
    const blocked = hearing(
      { type: 'blocked', runId, by: 'mint', block: full },
      { type: 'blocked', runId, by: 'upload', block: offline },
    );
    expect(blocked).toMatchObject({ mintBlock: full, uploadBlock: offline });
    // An acknowledgement shows that the line is back.
    expect(applyRunEvent(blocked, uploaded(1), 0)).toMatchObject({ mintBlock: full, uploadBlock: null });
  });

  it('is the last ten tickets', () => {
    const ticket = { batchId: '', typeIndex: 0, token: '', shortCode: '', seat: null, holder: null };
    const tickets = Array.from({ length: 8 }, (_, index) => ({ ...ticket, serial: index + 1 }));
    const live = hearing(
      { type: 'recent', runId, tickets },
      { type: 'recent', runId, tickets: tickets.map((one) => ({ ...one, serial: one.serial + 8 })) },
    );
    expect(live.recent.map(({ serial }) => serial)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
  });
});
