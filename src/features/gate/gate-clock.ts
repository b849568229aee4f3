import {
  afterRestart,
  type ClockEstimate,
  type ClockReading,
  compareWithServer,
  readClock,
  trueTime,
  unknownClock,
} from '../../../core/gate/clock.ts';

/** This device's clock, with what is known of its error. */
export class GateClock {
  #estimate: ClockEstimate;
  readonly #read: () => ClockReading;

  /** @param kept an estimate of an earlier visit. */
  constructor(kept?: ClockEstimate, read: () => ClockReading = readNow) {
    this.#read = read;
    this.#estimate = kept === undefined ? unknownClock(read()) : afterRestart(kept);
  }

  get estimate(): ClockEstimate {
    return this.#estimate;
  }

  /** The true time, and how far it may be off, in ms. */
  now(): { readonly at: number; readonly uncertaintyMs: number } {
    const reading = this.#read();
    this.#estimate = readClock(this.#estimate, reading);
    return trueTime(this.#estimate, reading);
  }

  /** Makes a request of the server, and compares the clocks by it. */
  async measure<Answer extends { readonly at: number }>(request: () => Promise<Answer>): Promise<Answer> {
    const sent = this.#read();
    const answer = await request();
    this.#estimate = compareWithServer(this.#estimate, { sent, received: this.#read(), serverMs: answer.at });
    return answer;
  }
}

function readNow(): ClockReading {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}
