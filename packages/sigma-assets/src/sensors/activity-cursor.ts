import type { RunsCursor } from "./dataset-runs.ts";

/** How far a sensor has told what happened in Sigma; null for nothing. */
export interface SigmaCursor {
  readonly activity: ActivityCursor | null;
  readonly runs: RunsCursor | null;
}

/** Everything up to this moment, and of it up to this id. */
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
const nothing: SigmaCursor = { activity: null, runs: null };

type Written = Partial<ActivityCursor> & { readonly format?: number; readonly runs?: RunsCursor };

/** Nothing at first, and for what another version left: then everything is told once more, which does no harm. */
export function readCursor(text: string | null): SigmaCursor {
  try {
    const { format: written, at, id, runs } = JSON.parse(text ?? "") as Written;
    if (written !== format) return nothing;
    const activity = typeof at === "string" && typeof id === "string" ? { at, id } : null;
    return { activity, runs: typeof runs?.until === "string" ? runs : null };
  } catch {
    return nothing;
  }
}

export function writeCursor({ activity, runs }: SigmaCursor): string {
  return JSON.stringify({ format, ...activity, ...(runs === null ? {} : { runs }) });
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
