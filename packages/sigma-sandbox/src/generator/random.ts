import { hash } from "node:crypto";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Random choices that depend only on a seed. */
export class Random {
  readonly #source: RandomGenerator;

  constructor(seed: string) {
    this.#source = xoroshiro128plus(Number.parseInt(hash("sha256", seed, "hex").slice(0, 8), 16) | 0);
  }

  /** An integer from 0 to `count` - 1. */
  below(count: number): number {
    return uniformInt(this.#source, 0, count - 1);
  }

  /** An integer in a range, both ends included. */
  between(from: number, to: number): number {
    return uniformInt(this.#source, from, to);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<Thing>(things: readonly [Thing, ...Thing[]]): Thing;
  pick<Thing>(things: readonly Thing[]): Thing | undefined;
  pick<Thing>(things: readonly Thing[]): Thing | undefined {
    return things.length === 0 ? undefined : things[this.below(things.length)];
  }

  /** Picks a name by weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let left = this.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of entries) {
      if (left < weight) return name;
      left -= weight;
    }
    throw new Error("No name has a weight.");
  }

  /** Up to `count` distinct items in random order. */
  sample<Thing>(things: readonly Thing[], count: number): readonly Thing[] {
    const left = [...things];
    const taken: Thing[] = [];
    while (taken.length < count && left.length > 0) {
      taken.push(...left.splice(this.below(left.length), 1));
    }
    return taken;
  }
}
