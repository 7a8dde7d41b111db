/** How far a sensor has told what happened in Sigma: everything up to this moment, and of it up to this id. */
export interface ActivityCursor {
  /** ISO 8601. */
  readonly at: string;
  readonly id: string;
}

/** Something that changed at a moment. */
interface Dated {
  readonly id: string;
  readonly updatedAt: string;
}

const format = 1;

/** Null at first, and for what another version left: then everything is told once more, which does no harm. */
export function readCursor(text: string | null): ActivityCursor | null {
  try {
    const {
      format: written,
      at,
      id,
    } = JSON.parse(text ?? "") as Partial<ActivityCursor> & { readonly format?: number };
    return written === format && typeof at === "string" && typeof id === "string" ? { at, id } : null;
  } catch {
    return null;
  }
}

export function writeCursor({ at, id }: ActivityCursor): string {
  return JSON.stringify({ format, at, id });
}

/** What changed since, the oldest first, at most so many. */
export function changedSince<Thing extends Dated>(
  things: readonly Thing[],
  cursor: ActivityCursor | null,
  most: number,
): readonly Thing[] {
  return things
    .filter((thing) => cursor === null || compare(thing, cursor) > 0)
    .sort((a, b) => compare(a, { at: b.updatedAt, id: b.id }))
    .slice(0, most);
}

function compare({ updatedAt, id }: Dated, cursor: ActivityCursor): number {
  if (updatedAt !== cursor.at) return updatedAt < cursor.at ? -1 : 1;
  return id === cursor.id ? 0 : id < cursor.id ? -1 : 1;
}
