import {
  claimAnswerSchema,
  type GateSync,
  type Scan,
  type ScanResult,
  scanResultsSchema,
  type Verdict,
} from '../../../../core/api/gate.ts';
import type { GateSession } from '../../../../core/api/gate-device.ts';
import { judge, type TicketId } from '../../../../core/gate/decide.ts';
import { encodeGateSync } from '../../../../core/gate/gate-sync.ts';
import { applyKnowledge, type GateKnowledge } from '../../../../core/gate/knowledge.ts';
import { ScanLedger } from '../../../../core/gate/scan-ledger.ts';
import { encodeBase64Url } from '../../../../core/ticket/base64url.ts';
import { batchIdOf } from '../../../../core/ticket/batch-id.ts';
import type { Signer } from '../../../../core/ticket/signer/signer.ts';
import { webCryptoEngine } from '../../../../core/ticket/signer/web-crypto.ts';
import { encodeToken, signedMessageWriter } from '../../../../core/ticket/token.ts';

const EVENT = 'event0000001';
const HOUR = 3_600_000;

/** A batch with a key of its own, for an event that is on now. */
export interface GateBatchFixture {
  readonly id: string;
  readonly publicKey: string;
  tokenOf(serial: number): Promise<string>;
}

export async function makeBatch(): Promise<GateBatchFixture> {
  const { publicKey, storedKey } = await webCryptoEngine.generateKeyPair();
  const signer: Signer = await webCryptoEngine.openSigner(storedKey);
  const id = await batchIdOf(publicKey);
  const messageOf = signedMessageWriter(id, 0);
  return {
    id,
    publicKey: encodeBase64Url(publicKey),
    tokenOf: async (serial) =>
      encodeToken({ batchId: id, serial, typeIndex: 0 }, await signer.signAll([messageOf(serial)])),
  };
}

const GATE = { types: null, direction: 'both', reentry: false, capacity: null, undo: true } as const;

export function sessionOf(device: string, gate = 'gate00000000'): GateSession {
  const endsAt = Date.now() + HOUR;
  return {
    device: { id: device, name: device },
    event: { id: EVENT, name: 'Night', timeZone: 'UTC', endsAt },
    gate: { ...GATE, id: gate, name: 'North', createdAt: 1, archivedAt: null },
    validUntil: endsAt + HOUR,
  };
}

/** The server's part as a gate sees it, by the same core, in the page of a test: on and off at will. */
export class FakeGateServer {
  readonly ledger = new ScanLedger();
  readonly requests: string[] = [];
  isUp = true;
  /** How far the server's clock is ahead of the device's. */
  aheadMs = 0;
  /** Whose a short code is. */
  readonly codes = new Map<string, readonly TicketId[]>();
  /** What becomes of an answer to a claim that was decided: it may never arrive. */
  claimReply: Promise<void> = Promise.resolve();
  /** A delay of claims, or never. */
  claimDelay: Promise<void> = Promise.resolve();
  readonly #knowledge: GateKnowledge;
  readonly #full: GateSync;
  readonly #numbers = new Map<string, number>();

  constructor(batch: GateBatchFixture, count = 1_000) {
    const at = Date.now();
    const window = { notBefore: null, notAfter: null };
    const event = { id: EVENT, name: 'Night', timeZone: 'UTC', startsAt: at - HOUR, endsAt: at + HOUR, demo: false };
    const gates = ['gate00000000', 'gate00000001'].map((id) => ({ ...GATE, id, name: id, archivedAt: null }));
    this.#full = {
      ...{ v: 1, at, cursor: { changes: 1, scans: 0 }, complete: true, more: false },
      setup: {
        event,
        types: [{ index: 0, name: 'General', colour: 'blue', ...window }],
        gates,
        rules: { capacity: null, earlyMs: 0, lateMs: 0 },
      },
      batches: [
        {
          id: batch.id,
          publicKey: batch.publicKey,
          typeIndex: 0,
          count,
          ...window,
          rehearsal: false,
          revoked: [[900, 910]],
        },
      ],
      ...{ revoked: [], foreign: [], used: [], uses: [], inside: { total: 0, gates: [] } },
    };
    this.#knowledge = applyKnowledge(undefined, this.#full) as GateKnowledge;
  }

  /** As `fetch`. */
  readonly answer = async (...call: ConstructorParameters<typeof Request>): Promise<Response> => {
    const request = new Request(...call);
    if (!this.isUp) throw new TypeError('Failed to fetch');
    const { pathname, searchParams } = new URL(request.url);
    this.requests.push(pathname);
    if (pathname === '/healthz') return Response.json({});
    if (pathname.endsWith('/gate-sync')) return this.#sync(searchParams.get('scans'));
    if (pathname.endsWith('/ticket-codes'))
      return Response.json({
        tickets: this.codes.get(((await request.json()) as { code: string }).code) ?? [],
        notYetIndexed: 0,
      });
    if (pathname.endsWith('/claim')) return this.#claim(((await request.json()) as { scan: Scan }).scan);
    return this.#add(((await request.json()) as { scans: Scan[] }).scans);
  };

  #sync(since: string | null): Response {
    const scans = [...this.ledger.scans()];
    const changed = since === null ? scans : scans.slice(Number(since));
    const uses = changed.map(({ batch, serial }): GateSync['uses'][number] => {
      const { state, at, gate } = this.ledger.stateOf({ batch, serial });
      return [batch, serial, state, at, gate];
    });
    const base = since === null ? this.#full : { ...this.#full, complete: false, setup: undefined, batches: [] };
    const inside = { total: this.ledger.inside(), gates: [] };
    const sync = { ...base, at: this.#now(), cursor: { changes: 1, scans: scans.length }, uses, inside };
    return new Response(encodeGateSync(sync), { headers: { 'Content-Type': 'application/cbor' } });
  }

  async #claim(scan: Scan): Promise<Response> {
    await this.claimDelay;
    const answer = this.#decide(scan);
    await this.claimReply;
    return answer;
  }

  /** A scan that is recorded already is answered as it was. */
  #decide(scan: Scan): Response {
    const direction = scan.kind === 'exit' ? 'exit' : 'enter';
    const context = { gate: scan.gate, direction, now: { at: this.#now(), uncertaintyMs: 0 } } as const;
    const isKnown = this.ledger.has(scan.nonce);
    const verdict: Verdict = isKnown
      ? { kind: 'admitted', again: false }
      : judge(scan, this.#knowledge, this.ledger, context);
    const seq = verdict.kind === 'admitted' || verdict.kind === 'exited' ? this.#record(scan).seq : null;
    return Response.json(claimAnswerSchema.parse({ at: this.#now(), verdict, seq }));
  }

  #add(scans: readonly Scan[]): Response {
    const results = scans.map((scan) => this.#record(scan));
    return Response.json(scanResultsSchema.parse({ at: this.#now(), results }));
  }

  #record(scan: Scan): ScanResult {
    const outcome = this.ledger.add(scan) ? 'stored' : 'known';
    if (outcome === 'stored') this.#numbers.set(scan.nonce, this.ledger.size);
    return { nonce: scan.nonce, outcome, seq: this.#numbers.get(scan.nonce) ?? null };
  }

  #now(): number {
    return Date.now() + this.aheadMs;
  }
}
