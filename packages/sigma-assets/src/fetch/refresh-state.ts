import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StateError } from "../errors.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { OrganizationState, StateOptions } from "../state/organization-state.ts";
import { type FetchOptions, fetchState } from "./fetch-state.ts";
import { findKeptStates } from "./store/find-kept-states.ts";
import { RefreshJournal } from "./store/refresh-journal.ts";
import { readSnapshot, writeSnapshot } from "./store/snapshot-file.ts";
import { withStateLock } from "./store/state-lock.ts";

export interface RefreshOptions extends FetchOptions {
  /** Fetches everything again (default: false). */
  readonly full?: boolean;
}

/** The result of a refresh. */
export interface RefreshedState {
  readonly file: string;
  readonly state: OrganizationState;
  /** The previous state; null for the first fetch. */
  readonly before: OrganizationState | null;
  readonly requests: number;
}

/**
 * Fetches changes since the state in a file, and replaces the file atomically. On failure the file is unchanged.
 *
 * @throws SigmaError if a listing fails; StateError `STATE_LOCKED`, `STATE_OF_OTHER_ORGANIZATION`; SnapshotError if
 *   the file cannot be read or written
 */
export async function refreshState(
  organization: SigmaOrganization,
  file: string,
  options: StateOptions,
  how: RefreshOptions = {},
): Promise<RefreshedState> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((thrown: unknown) => {
    throw StateError.notWritable(file, thrown);
  });
  return await withStateLock(file, async () => {
    await dropUnfinished(file);
    const reading = existsSync(file) ? readSnapshot(file) : Promise.resolve(null);
    const journal = new RefreshJournal(file);
    const unfinished = how.full === true ? null : await journal.read();
    // The listings are fetched in the meantime.
    const previous =
      how.full === true ? null : reading.then((before) => before ?? adopt(organization, file, options));
    previous?.catch(() => undefined);
    if (how.full === true) await reading;
    try {
      const { state, requests } = await fetchState(organization, options, {
        ...how,
        previous,
        ...(how.full === true ? { lastGood: reading } : {}),
        unfinished,
        isJournaled: true,
        onListed: (marks) => journal.begin(marks, unfinished),
        onFetched: (entry) => journal.add(entry),
      });
      const before = await reading;
      refuseOther(file, before, state);
      await writeSnapshot(file, state);
      await journal.drop();
      return { file, state, before, requests };
    } finally {
      await journal.close();
    }
  });
}

/** Removes temporary files of killed writers; the holder of the lock is the only writer. */
async function dropUnfinished(file: string): Promise<void> {
  const folder = dirname(file);
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(`${basename(file)}.`) && name.endsWith(".tmp"),
  );
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/**
 * The state of other credentials of the same organization with the same options, so that a new client id does not
 * fetch everything again; null without one.
 */
async function adopt(
  organization: SigmaOrganization,
  file: string,
  options: StateOptions,
): Promise<OrganizationState | null> {
  const client = organization.createClient();
  try {
    const fitting = (await findKeptStates(file)).filter(
      ({ header }) =>
        header.baseUrl === client.baseUrl &&
        header.organizationId !== null &&
        JSON.stringify(header.options) === JSON.stringify(options),
    );
    if (fitting.length === 0) return null;
    const { organizationId } = await client.whoami();
    const same = fitting.find(({ header }) => header.organizationId === organizationId);
    return same === undefined ? null : await readSnapshot(same.file);
  } catch {
    // Nothing to adopt; the fetch reports problems with the credentials.
    return null;
  } finally {
    await client.close();
  }
}

/** The credentials may have been replaced with those of another organization. */
function refuseOther(file: string, before: OrganizationState | null, now: OrganizationState): void {
  const [was, is] = [before?.header.organizationId ?? null, now.header.organizationId];
  if (was !== null && is !== null && was !== is) throw StateError.ofOther(file, was, is);
}
