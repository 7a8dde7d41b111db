/** Number of chunks that are joined if they are small. */
const joinedChunks = 1_024;
/** Average size of small chunks, in bytes. */
const smallBytes = 4_096;

/** The chunks of a body. Joins small ones, each of which would take a few hundred bytes of memory. */
export class BodyChunks {
  #chunks: Buffer[] = [];
  #last: Buffer[] = [];
  #lastBytes = 0;

  add(chunk: Buffer): void {
    this.#last.push(chunk);
    this.#lastBytes += chunk.length;
    if (this.#last.length === joinedChunks) this.#join();
  }

  /** Returns the body; the chunks are given up. */
  take(): Buffer {
    const [only = Buffer.alloc(0), ...others] = [...this.#chunks, ...this.#last];
    const body = others.length === 0 ? only : Buffer.concat([only, ...others]);
    this.clear();
    return body;
  }

  clear(): void {
    this.#chunks = [];
    this.#last = [];
    this.#lastBytes = 0;
  }

  #join(): void {
    if (this.#lastBytes < joinedChunks * smallBytes) this.#chunks.push(Buffer.concat(this.#last));
    else for (const chunk of this.#last) this.#chunks.push(chunk);
    this.#last = [];
    this.#lastBytes = 0;
  }
}
