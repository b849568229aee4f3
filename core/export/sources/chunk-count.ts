import type { ChunkReader } from './ticket-batch.ts';

/** How many tickets were read, one chunk after another. */
export class ChunkCount {
  #before = 0;
  #last = { firstSerial: 1, count: 0 };

  /** The reader, counted. */
  watch(chunks: ChunkReader): ChunkReader {
    const note = ({ firstSerial, count }: { readonly firstSerial: number; readonly count: number }) => {
      this.#before += this.#last.count;
      this.#last = { firstSerial, count };
    };
    return {
      async *read(...input) {
        for await (const chunk of chunks.read(...input)) {
          note(chunk);
          yield chunk;
        }
      },
    };
  }

  /** @param key of a ticket of the last chunk, like `0c1f…/42`; without it all of that chunk counts. */
  upTo(key: string | undefined): number {
    const { firstSerial, count } = this.#last;
    if (key === undefined) return this.#before + count;
    return this.#before + Number(key.slice(key.indexOf('/') + 1)) - firstSerial + 1;
  }
}
