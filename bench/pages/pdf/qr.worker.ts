import { expose } from 'comlink';
import { encodeQR } from 'qr';
import { encodeQr } from '../../../core/qr/encode.ts';
import { isDark } from '../../../core/qr/matrix.ts';
import { expect } from '../../harness/scenario.ts';
import { makeTickets } from './ticket.ts';

/** Tokens in memory at most; more are these again and again. */
const DISTINCT = 10_000;
const CHECKED = 200;
const FIXED_MASK = 3;

/** What both sides are given: our tokens' one version and level. */
const PEER_OPTIONS = { ecc: 'medium', version: 5, encoding: 'alphanumeric', border: 1 } as const;

type Encode = (token: string) => unknown;
const ENCODERS: Readonly<Record<string, Encode>> = {
  ours: (token) => encodeQr(token),
  qr: (token) => encodeQR(token, 'raw', PEER_OPTIONS),
  'ours-fixed': (token) => encodeQr(token, { mask: FIXED_MASK }),
  'qr-fixed': (token) => encodeQR(token, 'raw', { ...PEER_OPTIONS, mask: FIXED_MASK }),
};

let tokens: readonly string[] = [];
let wanted = 0;
let encode: Encode = () => undefined;

const api = {
  prepare(variant: string, count: number): void {
    const chosen = ENCODERS[variant];
    if (chosen === undefined) throw new TypeError(`expected a known encoder, received ${variant}`);
    encode = chosen;
    wanted = count;
    tokens = makeTickets(Math.min(count, DISTINCT)).map(({ token }) => token);
  },

  /** @returns how many matrices were made. */
  run(): number {
    let made = 0;
    for (let index = 0; index < wanted; index++)
      if (encode(tokens[index % tokens.length] as string) !== undefined) made++;
    return made;
  },

  /** Both draw the same modules, under the mask that each chooses for itself. */
  check(): void {
    for (const token of tokens.slice(0, CHECKED)) {
      const ours = encodeQr(token);
      const theirs = encodeQR(token, 'raw', PEER_OPTIONS);
      for (let row = 0; row < ours.size; row++)
        for (let column = 0; column < ours.size; column++)
          expect(isDark(ours, row, column) === theirs[row + 1]?.[column + 1], 'a module differs');
    }
  },
};
export type QrApi = typeof api;

expose(api);
