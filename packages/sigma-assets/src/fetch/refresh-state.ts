import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StateError } from "../errors.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { OrganizationState, StateHeader, StateOptions } from "../state/organization-state.ts";
import { type FetchOptions, fetchState } from "./fetch-state.ts";
import { keepingEarlierState } from "./store/earlier-states.ts";
import { findKeptStates } from "./store/find-kept-states.ts";
import { refuseSpecialFile } from "./store/open-regular-file.ts";
import { type ReadJournal, readJournal } from "./store/read-journal.ts";
import { journalFile, RefreshJournal } from "./store/refresh-journal.ts";
import { readSnapshot, readStateHeader, writeSnapshot } from "./store/snapshot-file.ts";
import { type HeldLock, withStateLock } from "./store/state-lock.ts";

export interface RefreshOptions extends FetchOptions {
  /** Fetches everything again, and replaces a damaged state (default: false). */
  readonly full?: boolean;
  /** Number of replaced states to keep beside the file (default: none). */
  readonly keepStates?: number;
}

/** The result of a refresh. */
export interface RefreshedState {
  readonly file: string;
  readonly state: OrganizationState;
  readonly requests: number;
  /** What was thrown away, for the user. */
  readonly notes: readonly string[];
}

/**
 * Fetches changes since the state in a file, and replaces the file atomically. On failure the file is unchanged.
 *
 * @throws SigmaError if a listing fails; StateError `STATE_LOCKED`, `STATE_LOCK_LOST`, `STATE_OF_OTHER_ORGANIZATION`,
 *   `STORED_FILE_UNSAFE`; SnapshotError if the file cannot be read or written
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
  return await withStateLock(file, (lock) => refreshLocked(organization, file, options, how, lock));
}

async function refreshLocked(
  organization: SigmaOrganization,
  file: string,
  options: StateOptions,
  how: RefreshOptions,
  lock: HeldLock,
): Promise<RefreshedState> {
  const isFull = how.full === true;
  await dropUnfinished(file);
  for (const written of [file, journalFile(file)]) await refuseSpecialFile(written);
  const { unfinished, problem } = isFull ? nothingUnfinished : await readJournal(journalFile(file));
  // The listings are fetched in the meantime. A full refresh also replaces a damaged state.
  const reading = existsSync(file) && !isFull ? readSnapshot(file, "state") : Promise.resolve(null);
  const header = isFull ? readStateHeader(file) : reading.then((before) => before?.header ?? null);
  const previous = isFull ? null : reading.then((before) => before ?? adopt(organization, file, options));
  for (const promise of [header, previous]) promise?.catch(() => undefined);
  const lastGood = isFull ? readLastGood(file) : null;
  const stop = new AbortController();
  const journal = new RefreshJournal(file, lock, (lost) => stop.abort(lost));
  try {
    const { state, requests } = await fetchState(organization, options, {
      ...how,
      signal: how.signal === undefined ? stop.signal : AbortSignal.any([how.signal, stop.signal]),
      previous,
      ...(lastGood === null ? {} : { lastGood }),
      unfinished,
      isJournaled: true,
      onListed: (marks) => journal.begin(marks, unfinished),
      onFetched: (entry) => journal.add(entry),
    });
    refuseOther(file, await header, state);
    const isSound = lastGood === null || (await lastGood) !== null;
    const note = await keepingEarlierState(file, { most: how.keepStates ?? 0, isSound }, () =>
      writeSnapshot(file, state, { kind: "state", beforeRename: () => lock.check() }),
    );
    journal.drop();
    const notes = [
      ...(problem === null ? [] : [journalNote(file, problem)]),
      ...(note === null ? [] : [note]),
    ];
    return { file, state, requests, notes };
  } finally {
    journal.close();
  }
}

/** The state before a full refresh, for documents whose rows are unreadable; null if it is missing or damaged. */
async function readLastGood(file: string): Promise<OrganizationState | null> {
  return existsSync(file) ? await readSnapshot(file, "state").catch(() => null) : null;
}

const nothingUnfinished: ReadJournal = { unfinished: null, problem: null };

function journalNote(file: string, problem: string): string {
  return `${journalFile(file)}, left by an interrupted refresh, was thrown away (${problem}); its documents were fetched again.`;
}

/** Removes temporary files of killed writers; the holder of the lock is the only writer. */
async function dropUnfinished(file: string): Promise<void> {
  const folder = dirname(file);
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(`${basename(file)}.`) && /\.(tmp|claim)$/.test(name),
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
function refuseOther(file: string, before: StateHeader | null, now: OrganizationState): void {
  const [was, is] = [before?.organizationId ?? null, now.header.organizationId];
  if (was !== null && is !== null && was !== is) throw StateError.ofOther(file, was, is);
}
