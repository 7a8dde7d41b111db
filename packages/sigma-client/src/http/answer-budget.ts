/** Called once when a refused share may grow. */
type OnRoom = () => void;

/**
 * Memory that the response bodies in flight share. Above the limit, all but one of the growing bodies wait until others
 * are finished, so that one always proceeds. It may exceed the limit by the size of one response.
 */
export class AnswerBudget {
  readonly #limitBytes: number;
  #heldBytes = 0;
  /** The share that may grow above the limit. */
  #first: AnswerShare | null = null;
  /** In order of arrival. */
  readonly #waiting = new Map<AnswerShare, OnRoom>();

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Bytes of all shares. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  hold(bytes: number): void {
    this.#heldBytes += bytes;
  }

  /** Whether a share may grow by `bytes` now; otherwise `onRoom` is called later. */
  mayGrow(share: AnswerShare, bytes: number, onRoom: OnRoom): boolean {
    if (this.#heldBytes + bytes <= this.#limitBytes || this.#first === share) return true;
    if (this.#first === null) {
      this.#first = share;
      return true;
    }
    this.#waiting.set(share, onRoom);
    return false;
  }

  release(share: AnswerShare, bytes: number): void {
    this.#heldBytes -= bytes;
    this.#waiting.delete(share);
    if (this.#first === share) this.#first = null;
    for (const [waiting, onRoom] of this.#waiting) {
      if (this.#heldBytes > this.#limitBytes) {
        if (this.#first !== null) return;
        this.#first = waiting;
      }
      this.#waiting.delete(waiting);
      onRoom();
    }
  }
}

/** The part of an {@link AnswerBudget} that one response holds. */
export class AnswerShare {
  readonly #budget: AnswerBudget;
  #bytes = 0;

  constructor(budget: AnswerBudget) {
    this.#budget = budget;
  }

  /** Adds bytes that have arrived. Returns false if no more should be read until `onRoom` is called. */
  add(bytes: number, onRoom: OnRoom): boolean {
    this.#bytes += bytes;
    this.#budget.hold(bytes);
    return this.#budget.mayGrow(this, 0, onRoom);
  }

  /** Waits until the share may grow by `bytes`, and adds them. */
  async reserve(bytes: number): Promise<void> {
    while (!(await this.#hasRoom(bytes)));
    this.#bytes += bytes;
    this.#budget.hold(bytes);
  }

  /** Returns all bytes; the share may be used again. */
  release(): void {
    this.#budget.release(this, this.#bytes);
    this.#bytes = 0;
  }

  #hasRoom(bytes: number): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#budget.mayGrow(this, bytes, () => resolve(false))) resolve(true);
    });
  }
}
