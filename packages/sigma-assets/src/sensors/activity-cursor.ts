import type { RunsCursor } from "./dataset-runs.ts";
import type { FollowCursor } from "./follow-organization.ts";
import type { ReportedCursor } from "./reported-record.ts";

/** Position of the activity sensor. Each part is null before its first report. */
export interface ActivityCursor {
  /** The reported versions. */
  readonly reported: ReportedCursor | null;
  /** The last refresh of the stored state. */
  readonly followed: FollowCursor | null;
  /** The reported runs of datasets. */
  readonly runs: RunsCursor | null;
}

const format = 2;
const nothing: ActivityCursor = { reported: null, followed: null, runs: null };

/** Empty for a missing cursor or one of another version; repeated reports are idempotent. */
export function readCursor(text: string | null): ActivityCursor {
  try {
    const { format: written, ...parts } = JSON.parse(text ?? "") as Partial<ActivityCursor> & {
      readonly format?: number;
    };
    if (written !== format) return nothing;
    const { reported, followed, runs } = parts;
    return {
      reported: typeof reported?.digest === "string" && typeof reported.groups === "string" ? reported : null,
      followed: typeof followed?.at === "string" && Array.isArray(followed.known) ? followed : null,
      runs: typeof runs?.until === "string" ? runs : null,
    };
  } catch {
    return nothing;
  }
}

export function writeCursor(cursor: ActivityCursor): string {
  return JSON.stringify({ format, ...cursor });
}
