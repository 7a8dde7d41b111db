import { createHash } from "node:crypto";
import { errorRecord } from "../records/error-record.ts";
import { toWireJson } from "../serdes/wire-json.ts";
import type { Served } from "./served-content.ts";

/** A failed load as Dagster shows it. */
export function serveError(thrown: unknown): Served {
  return servedError(toWireJson(errorRecord(thrown)));
}

/** The same of an error that is serialised already. The same failure again is no news. */
export function servedError(error: string): Served {
  return { type: "error", serverId: createHash("sha256").update(error).digest("hex").slice(0, 32), error };
}
