/** V8 already shares shorter texts in parsed JSON. */
const shortestLength = 11;
/** Longer texts, for example SQL, are rarely equal. */
const longestLength = 200;
/** Levels below a row whose texts are shared. */
const deepest = 2;
/** Sigma has about ten types. */
const maxTypes = 1_000;
/** Texts in each of the two generations. */
const generationSize = 32_768;

/**
 * Replaces equal texts in rows by the same text, so that those that many rows contain (ids, names, formulas) take
 * memory once. It remembers a limited number of texts, those that came last.
 */
export class SharedTexts {
  readonly #types = new Map<string, unknown>();
  #young = new Map<string, string>();
  #old: ReadonlyMap<string, string> = new Map();

  /** Shares the texts of rows of parsed JSON, in place. */
  share<Rows extends readonly unknown[]>(rows: Rows): Rows {
    for (const row of rows) this.#shareIn(row, 0);
    return rows;
  }

  #shareIn(value: unknown, depth: number): void {
    if (typeof value !== "object" || value === null || depth > deepest) return;
    const parts = value as Record<string, unknown>;
    for (const key of Object.keys(parts)) {
      const part = parts[key];
      // Always: a comparison cannot distinguish equal texts in two places of memory.
      if (typeof part === "string") parts[key] = this.#shared(part);
      else if (key === "type") parts[key] = this.#sharedType(part);
      else if (typeof part === "object") this.#shareIn(part, depth + 1);
    }
  }

  /** The type of a column is an object, in which usually only its name varies. */
  #sharedType(type: unknown): unknown {
    if (typeof type !== "object" || type === null) return type;
    const [name, ...others] = Object.values(type);
    if (typeof name !== "string" || others.length > 0 || !Object.hasOwn(type, "type")) return type;
    const known = this.#types.get(name) ?? type;
    if (this.#types.size < maxTypes) this.#types.set(name, known);
    return known;
  }

  #shared(text: string): string {
    if (text.length < shortestLength || text.length > longestLength) return text;
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const known = this.#old.get(text) ?? text;
    if (this.#young.size >= generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(known, known);
    return known;
  }
}
