import type { GateSync, Scan } from '../../../core/api/gate.ts';
import { decide } from '../../../core/gate/decide.ts';
import { GateState } from '../../../core/gate/gate-state.ts';
import { decodeGateSync, encodeGateSync } from '../../../core/gate/gate-sync.ts';
import { encodeBase64Url } from '../../../core/ticket/base64url.ts';
import { batchIdOf } from '../../../core/ticket/batch-id.ts';
import { engineFor } from '../../../core/ticket/signer/choose.ts';
import { webCryptoEngine } from '../../../core/ticket/signer/web-crypto.ts';
import { encodeToken, SIGNATURE_BYTES, signedMessageWriter } from '../../../core/ticket/token.ts';
import { expect, type Scenario, type ScenarioOptions } from '../../harness/scenario.ts';

const SCANS = 6_000;
/** How many are compared at the beginning and at the end. */
const WINDOW = 500;
const REVOKED = 10_000;
const NOW = 1_800_000_000_000;
const GATE = 'gate00000000';

/**
 * Verdicts of a gate that knows `rows` tickets, of which every second was used at other gates and 10,000 are revoked, one by
 * one; each one let in is recorded before the next is shown. In the page itself, as throttling slows that only.
 */
export async function createScenario({ rows, variant }: ScenarioOptions): Promise<Scenario> {
  const { verify } = await engineFor(variant === 'software' ? 'software' : 'webcrypto');
  const { batch, publicKey, tokens, serials } = await signTokens(rows);
  const bytes = encodeGateSync(syncOf(batch, publicKey, rows));
  const state = new GateState();
  const waits: number[] = [];
  const show = (token: string) => {
    const { knowledge } = state;
    if (knowledge === undefined) throw new TypeError('expected a sync');
    const now = { at: NOW, uncertaintyMs: 0 };
    return decide(token, knowledge, state, { gate: GATE, direction: 'enter', now, verify });
  };
  return {
    async run() {
      const startedAt = performance.now();
      state.applySync(decodeGateSync(bytes));
      const synced = performance.now();
      for (const [index, token] of tokens.entries()) {
        const shownAt = performance.now();
        const verdict = await show(token);
        if (verdict.kind === 'admitted') state.record(scanOf(batch, serials[index] as number, index));
        waits.push(performance.now() - shownAt);
      }
      const seconds = (performance.now() - synced) / 1_000;
      const [first, last] = [waits.slice(0, WINDOW), waits.slice(-WINDOW)];
      const figures = {
        syncMs: synced - startedAt,
        p95Ms: quantile(waits, 0.95),
        verdictsPerSecond: tokens.length / seconds,
        lastOverFirst: quantile(last, 0.5) / quantile(first, 0.5),
        syncBytes: bytes.length,
      };
      return { seconds, bytes: bytes.length, figures };
    },
    async check() {
      expect(state.ownScans().length === SCANS, 'every ticket that was unused is let in');
      for (const token of tokens.slice(0, 100))
        expect((await show(token)).kind === 'already-used', 'none is let in twice');
    },
  };
}

/** Of serials that nobody has used, spread over the batch. */
async function signTokens(rows: number) {
  const { publicKey, storedKey } = await webCryptoEngine.generateKeyPair();
  const signer = await webCryptoEngine.openSigner(storedKey);
  const batch = await batchIdOf(publicKey);
  const messageOf = signedMessageWriter(batch, 0);
  const step = 2 * Math.floor((rows - 2 * REVOKED) / (2 * SCANS));
  const serials = Array.from({ length: SCANS }, (_, index) => 2 * REVOKED + 2 + index * step);
  const signatures = await signer.signAll(serials.map(messageOf));
  const tokens = serials.map((serial, index) =>
    encodeToken(
      { batchId: batch, serial, typeIndex: 0 },
      signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES),
    ),
  );
  return { batch, publicKey, tokens, serials };
}

function syncOf(batch: string, publicKey: Uint8Array, count: number): GateSync {
  const gate = {
    id: GATE,
    name: 'A',
    types: null,
    direction: 'both',
    reentry: false,
    capacity: null,
    undo: true,
    archivedAt: null,
  } as const;
  const window = { notBefore: null, notAfter: null };
  const event = { id: 'event0000001', name: 'Night', timeZone: 'UTC', startsAt: NOW - 1, endsAt: NOW + 1, demo: false };
  return {
    v: 1,
    at: NOW,
    cursor: { changes: 1, scans: 1 },
    complete: true,
    more: false,
    setup: {
      event,
      types: [{ index: 0, name: 'General', colour: 'blue', ...window }],
      gates: [gate],
      rules: { capacity: null, earlyMs: 0, lateMs: 0 },
    },
    batches: [
      {
        id: batch,
        publicKey: encodeBase64Url(publicKey),
        typeIndex: 0,
        count,
        ...window,
        rehearsal: false,
        revoked: Array.from({ length: REVOKED }, (_, index): [number, number] => [2 * index + 1, 2 * index + 1]),
      },
    ],
    revoked: [],
    foreign: [],
    // Serials 1, 3, 5 …
    used: [{ batch, used: new Uint8Array(count / 8).fill(0b0101_0101) }],
    uses: [],
    inside: { total: count / 2, gates: [] },
  };
}

function scanOf(batch: string, serial: number, index: number): Scan {
  const nonce = index.toString(16).padStart(32, '0');
  return { nonce, batch, serial, kind: 'enter', at: NOW + index, device: 'device000001', gate: GATE };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}
