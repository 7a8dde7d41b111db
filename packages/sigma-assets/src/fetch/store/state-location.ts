import { createHash } from "node:crypto";
import { join } from "node:path";
import type { StateOptions } from "../../state/organization-state.ts";

/** What the name of a state is made of: found without asking anybody. */
export interface StateIdentity {
  readonly baseUrl: string;
  readonly clientId: string;
  /** In the place of base URL and client id, so that new credentials find the state. */
  readonly stateKey?: string | undefined;
  readonly options: StateOptions;
}

/** The file of a state: one for each organization and set of options. */
export function stateFile(folder: string, { baseUrl, clientId, stateKey, options }: StateIdentity): string {
  const who = stateKey === undefined ? hash(`${baseUrl}\n${clientId}`) : safeName(stateKey);
  return join(folder, `${who}-${hash(JSON.stringify(options)).slice(0, 8)}.ndjson`);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** A key may hold anything; a file name may not. */
function safeName(key: string): string {
  const safe = key.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 60);
  return safe === key && !key.startsWith(".") ? key : `${safe.replace(/^\.+/, "")}-${hash(key).slice(0, 8)}`;
}
