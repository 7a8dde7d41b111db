import type { Connection } from "./overview.ts";

/** Counts dependencies by the boxes that they connect. It is used while boxes are pointed at, so it must be fast. */
export class ConnectionCounter {
  readonly #boxes: number;
  /** By box that is left and box that is reached, of which the last one is the gate. */
  readonly #between: Int32Array;
  readonly #within: Int32Array;
  dependencies = 0;
  backward = 0;
  direct = 0;

  constructor(boxes: number) {
    this.#boxes = boxes;
    this.#between = new Int32Array((boxes + 1) ** 2);
    this.#within = new Int32Array((boxes + 1) ** 2);
  }

  /** @param steps number of lanes from the one that is left to the one that is reached */
  add(from: number, to: number, steps: number): void {
    const gate = this.#boxes;
    if (steps < 0) this.backward++;
    else if (steps === 0) {
      if (from !== to) this.#increase(this.#within, from, to);
    } else {
      this.dependencies++;
      if (steps === 1) this.#increase(this.#between, from, to);
      else {
        this.direct++;
        this.#increase(this.#between, from, gate);
        this.#increase(this.#between, gate, to);
      }
    }
  }

  get connections(): readonly Connection[] {
    return this.#connectionsOf(this.#between);
  }

  get arcs(): readonly Connection[] {
    return this.#connectionsOf(this.#within);
  }

  #increase(counts: Int32Array, from: number, to: number): void {
    const at = from * (this.#boxes + 1) + to;
    counts[at] = (counts[at] as number) + 1;
  }

  #connectionsOf(counts: Int32Array): readonly Connection[] {
    const width = this.#boxes + 1;
    const endOf = (box: number): Connection["from"] => (box === this.#boxes ? "gate" : box);
    const found: Connection[] = [];
    counts.forEach((dependencies, at) => {
      if (dependencies === 0) return;
      found.push({ from: endOf(Math.floor(at / width)), to: endOf(at % width), dependencies });
    });
    return found;
  }
}
