import { compareText } from "@dagster-sigma/foundation";
import type { UnreadablePart } from "./organization-state.ts";

/** Maximum number of examples of a part. */
const maxExamples = 3;

/** Unreadable parts, counted by route and field. */
export class UnreadableParts {
  readonly #parts = new Map<string, UnreadablePart>();

  /** Adds up the parts of several objects. */
  static merge(...some: readonly (readonly UnreadablePart[])[]): readonly UnreadablePart[] {
    const all = new UnreadableParts();
    for (const part of some.flat()) all.add(part);
    return all.sorted();
  }

  add(part: UnreadablePart): void {
    const key = partKey(part);
    const before = this.#parts.get(key);
    // Calls end in any order; the first rows are the same for every order.
    const examples = [...(before?.examples ?? []), ...part.examples]
      .sort((a, b) => a.row - b.row || compareText(a.found, b.found))
      .slice(0, maxExamples);
    this.#parts.set(key, { ...part, count: (before?.count ?? 0) + part.count, examples });
  }

  sorted(): readonly UnreadablePart[] {
    return [...this.#parts].sort(([a], [b]) => compareText(a, b)).map(([, part]) => part);
  }
}

/** Parts with the same key are counted together. */
export function partKey({ route, field, isRowLost, expected }: UnreadablePart): string {
  return JSON.stringify([route, field, isRowLost, expected]);
}
