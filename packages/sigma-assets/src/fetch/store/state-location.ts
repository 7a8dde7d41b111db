import { createHash } from "node:crypto";
import { join } from "node:path";
import type { StateOptions } from "../../state/organization-state.ts";

/** The parts of a state's file name, known without a request. */
export interface StateIdentity {
  readonly baseUrl: string;
  readonly clientId: string;
  /** Used instead of base URL and client id, so that the state is found after a change of credentials. */
  readonly stateKey?: string | undefined;
  readonly options: StateOptions;
}

/** The file of a state: one per organization and set of options. */
export function stateFile(folder: string, { baseUrl, clientId, stateKey, options }: StateIdentity): string {
  const who = stateKey === undefined ? hash(`${baseUrl}\n${clientId}`) : safeName(stateKey);
  return join(folder, `${who}-${hash(JSON.stringify(options)).slice(0, 8)}.ndjson`);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Converts a key to a valid file name. */
function safeName(key: string): string {
  const safe = key.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 60);
  return safe === key && !key.startsWith(".") ? key : `${safe.replace(/^\.+/, "")}-${hash(key).slice(0, 8)}`;
}
