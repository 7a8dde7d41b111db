import type { RunsCursor } from "./dataset-runs.ts";

/** Position up to which a sensor has reported activity and runs; null before the first report. */
export interface SigmaCursor {
  readonly activity: ActivityCursor | null;
  readonly runs: RunsCursor | null;
}

/** Changes up to this time, and at this time up to this id, are reported. */
export interface ActivityCursor {
  /** ISO 8601. */
  readonly at: string;
  readonly id: string;
}

/** A changed object. */
interface Dated {
  readonly id: string;
  readonly updatedAt: string;
}

const format = 1;
const nothing: SigmaCursor = { activity: null, runs: null };

type Written = Partial<ActivityCursor> & { readonly format?: number; readonly runs?: RunsCursor };

/** Empty for a missing cursor or one of another version; repeated reports are idempotent. */
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

/** Changes since the cursor, oldest first, up to `most`. */
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
