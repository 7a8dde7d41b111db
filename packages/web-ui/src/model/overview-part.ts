/** The lanes of the overview from left to right: what is read, what is in between, what people read. */
export const lanes = ["sources", "models", "products"] as const;
export type Lane = 0 | 1 | 2;

/** A part of a lane that is looked at: a folder, a database or a schema, by its path. */
export interface Part {
  readonly lane: Lane;
  readonly path: readonly string[];
}

/** What is shown on boxes besides their names. */
export const lenses = ["problems", "changed", "owners", "fresh", "changes"] as const;
export type Lens = (typeof lenses)[number];
