/** Each listing of an object raises the limit by this many characters: usual ones are shorter on average. */
const lengthPerListing = 512 * 2 ** 10;

/** Counts the characters that the listings of a client have returned for all objects, without listings that failed. */
export class KeptLength {
  #limit: number;
  #kept = 0;

  /** @param limit maximum number of characters before the first listing */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts to count a listing. */
  start(): KeptShare {
    this.#limit += lengthPerListing;
    let length = 0;
    const limit = (): number => this.#limit;
    return {
      get limit() {
        return limit();
      },
      add: (more) => {
        length += more;
        this.#kept += more;
        return this.#kept <= this.#limit;
      },
      release: () => {
        this.#kept -= length;
        length = 0;
      },
    };
  }
}

/** The part of one listing in a {@link KeptLength}. */
export interface KeptShare {
  /** Maximum number of characters of all listings now. */
  readonly limit: number;
  /** Adds characters; returns whether all listings together are within the limit. */
  add(length: number): boolean;
  /** Takes back the characters of a listing that failed. */
  release(): void;
}
