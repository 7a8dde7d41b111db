/** How many queries outwards an alias is looked for; nobody nests deeper, and hostile text shall not cost a quadratic. */
const outwards = 1_000;

/** Tables that lost their own name to an alias stand nowhere. */
const nowhere = Number.POSITIVE_INFINITY;

/** What one FROM clause reads, for telling columns from tables: `o.lines` in `from orders o, o.lines` is a column. */
export class FromItems {
  readonly #outer: FromItems | null;
  /** The position at which each alias was given; null while there is none. */
  #aliases: Map<string, number> | null = null;

  constructor(outer: FromItems | null) {
    this.#outer = outer;
  }

  /** The items of another query at the same depth, as behind UNION. */
  anew(): FromItems {
    return new FromItems(this.#outer);
  }

  give(alias: string, position: number): void {
    this.#aliases ??= new Map();
    this.#aliases.set(alias, position);
  }

  take(alias: string): void {
    if (this.#aliases?.has(alias) === true) this.#aliases.set(alias, nowhere);
  }

  /** Whether the alias was given before that position, or anywhere in a query around. */
  has(alias: string, position: number): boolean {
    if ((this.#aliases?.get(alias) ?? nowhere) < position) return true;
    let outer = this.#outer;
    for (let step = 0; outer !== null && step < outwards; step++) {
      if ((outer.#aliases?.get(alias) ?? nowhere) < nowhere) return true;
      outer = outer.#outer;
    }
    return false;
  }
}
