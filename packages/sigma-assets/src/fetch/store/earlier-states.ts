import { copyFile, link, mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { openRegularFile, refuseSpecialFile } from "./open-regular-file.ts";
import { readLines } from "./read-lines.ts";
import { readStateHeader } from "./snapshot-file.ts";

/** A state that a refresh replaced. */
export interface EarlierState {
  readonly file: string;
  /** When it was fetched, ISO 8601. */
  readonly fetchedAt: string;
}

/** The folder of the states before a state; only the holder of the state's lock writes it. */
function earlierFolder(stateFile: string): string {
  return `${stateFile.replace(/\.ndjson$/, "")}.earlier`;
}

const fileName = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.ndjson$/;

/** The kept states before a state, newest first; empty if there are none. */
export async function findEarlierStates(stateFile: string): Promise<readonly EarlierState[]> {
  const folder = earlierFolder(stateFile);
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const [, hour, minute, rest] = fileName.exec(name) ?? [];
      return hour === undefined ? [] : [{ file: join(folder, name), fetchedAt: `${hour}:${minute}:${rest}` }];
    })
    .sort((a, b) => (a.fetchedAt < b.fetchedAt ? 1 : -1));
}

/**
 * Runs a function that replaces a state, and keeps the replaced one beside it. A state whose rows are the same is not kept; of
 * the others, only the newest. A state that cannot be kept does not fail the refresh.
 *
 * @param most number of earlier states to keep; 0 keeps none and removes those that are there
 * @param isSound whether the replaced state can be read
 * @returns a note for the user; null if nothing went wrong
 */
export async function keepingEarlierState(
  stateFile: string,
  { most, isSound }: { readonly most: number; readonly isSound: boolean },
  replace: () => Promise<void>,
): Promise<string | null> {
  const folder = earlierFolder(stateFile);
  const pending = join(folder, "pending");
  let problem: unknown = null;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((thrown: unknown) => {
      problem ??= thrown;
    });
  };
  if (most > 0 && isSound) await attempt(() => hold(stateFile, folder, pending));
  try {
    await replace();
    if (problem === null) await attempt(() => keep(stateFile, pending));
  } finally {
    await attempt(() => prune(stateFile, folder, pending, most));
  }
  if (problem === null) return null;
  const text = problem instanceof Error ? problem.message : String(problem);
  return `The state before this refresh could not be kept for comparison (${text}).`;
}

/** Gives the state a second name, so that its content stays when it is replaced. */
async function hold(stateFile: string, folder: string, pending: string): Promise<void> {
  if ((await stat(stateFile).catch(() => null)) === null) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rm(pending, { force: true });
  // Some file systems have no hard links.
  await link(stateFile, pending).catch(() => copyFile(stateFile, pending));
}

async function keep(stateFile: string, pending: string): Promise<void> {
  if ((await stat(pending).catch(() => null)) === null) return;
  const header = await readStateHeader(pending);
  if (header === null || (await haveSameRows(stateFile, pending))) return;
  const file = join(
    earlierFolder(stateFile),
    `${new Date(header.fetchedAt).toISOString().replaceAll(":", "-")}.ndjson`,
  );
  await refuseSpecialFile(file);
  await rename(pending, file);
}

async function prune(stateFile: string, folder: string, pending: string, most: number): Promise<void> {
  const old = (await findEarlierStates(stateFile)).slice(most);
  await Promise.all([rm(pending, { force: true }), ...old.map(({ file }) => rm(file))]);
  // It stays if something is left in it.
  await rmdir(folder).catch(() => undefined);
}

/** Whether two states differ at most in their header and in times of fetches. */
async function haveSameRows(one: string, other: string): Promise<boolean> {
  const [a, b] = [rowsOf(one), rowsOf(other)];
  for (;;) {
    const [left, right] = await Promise.all([a.next(), b.next()]);
    if (left.done === true || right.done === true) return left.done === right.done;
    if (!left.value.equals(right.value) && withoutTimes(left.value) !== withoutTimes(right.value)) {
      await Promise.all([a.return(), b.return()]);
      return false;
    }
  }
}

/** Documents are fetched again from time to time though nothing changed. */
function withoutTimes(line: Buffer): string {
  return line.toString().replace(/"(fetchedAt|checksum)":"[^"]*"/g, "");
}

async function* rowsOf(file: string): AsyncGenerator<Buffer, void, void> {
  let isHeader = true;
  for await (const lines of readLines(await openRegularFile(file))) {
    for (const line of lines) {
      if (!isHeader && !line.subarray(0, lastLine.length).equals(lastLine)) yield line;
      isHeader = false;
    }
  }
}

const lastLine = Buffer.from('{"type":"end"');
