import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a sensor has reported: the fingerprint of the last report, by item. */
export type Reported = ReadonlyMap<string, string>;

/** The part of a sensor's cursor that identifies what it has reported. Its size does not depend on the number of items. */
export interface ReportedCursor {
  /** Identifies the file with all items. */
  readonly digest: string;
  /** A checksum for each of 256 groups of items, in base64: used if the file is missing. */
  readonly groups: string;
}

const groupCount = 256;
/** Age after which a file that no evaluation has read is deleted. */
const maxAgeMs = 30 * 86_400_000;

/**
 * Remembers what a sensor has reported. Dagster stores a cursor with every evaluation, in MySQL at most 64 KB, so the
 * cursor contains only a digest and checksums; the items are in a file whose name is the digest. An evaluation that
 * Dagster repeats finds the file of its own cursor. Without the file (another replica, a lost disk), items of groups
 * with an equal checksum count as reported, and those of other groups are reported again.
 */
export class ReportedRecord {
  /** The last two digests: that of the cursor which Dagster has, and that of the cursor which it receives next. */
  readonly #recent = new Map<string, { readonly reported: Reported; readonly cursor: ReportedCursor }>();
  readonly #written: string[] = [];

  /**
   * What was reported according to a cursor.
   *
   * @param current the fingerprints that would be reported now
   * @param folder the folder of the files; null if there is none
   */
  async recall(cursor: ReportedCursor | null, current: Reported, folder: string | null): Promise<Reported> {
    if (cursor === null) return new Map();
    const known = this.#recent.get(cursor.digest)?.reported ?? (await readRecord(cursor.digest, folder));
    if (known !== null) {
      this.#remember(known, cursor);
      return known;
    }
    const [stored, groups] = [Buffer.from(cursor.groups, "base64"), groupsOf(current)];
    if (stored.length !== groups.length) return new Map();
    const isSame = (item: string): boolean => {
      const at = groupOf(item) * 4;
      return stored.readUInt32LE(at) === groups.readUInt32LE(at);
    };
    return new Map([...current].filter(([item]) => isSame(item)));
  }

  /**
   * Stores what is reported once Dagster has accepted this evaluation.
   *
   * @param reported the object from `recall` if nothing changed, which is fast
   * @returns the next cursor
   */
  async keep(reported: Reported, folder: string | null): Promise<ReportedCursor> {
    const same = [...this.#recent.values()].find((recent) => recent.reported === reported);
    if (same !== undefined) return same.cursor;
    const text = JSON.stringify([...reported].sort(([a], [b]) => (a < b ? -1 : 1)));
    const digest = createHash("sha256").update(text).digest("hex").slice(0, 32);
    if (folder !== null) await this.#write(folder, digest, text);
    const cursor = { digest, groups: groupsOf(reported).toString("base64") };
    this.#remember(reported, cursor);
    return cursor;
  }

  #remember(reported: Reported, cursor: ReportedCursor): void {
    this.#recent.delete(cursor.digest);
    this.#recent.set(cursor.digest, { reported, cursor });
    for (const old of [...this.#recent.keys()].slice(0, -2)) this.#recent.delete(old);
  }

  /** A file that cannot be written is treated like one that was lost. */
  async #write(folder: string, digest: string, text: string): Promise<void> {
    const file = fileOf(folder, digest);
    const known = this.#written.indexOf(file);
    if (known >= 0) {
      this.#written.push(...this.#written.splice(known, 1));
      return;
    }
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      await mkdir(join(folder, recordFolder), { recursive: true, mode: 0o700 });
      await writeFile(temporary, text, { mode: 0o600 });
      await rename(temporary, file);
      if (this.#written.length === 0) await dropOld(folder);
      this.#written.push(file);
      for (const old of this.#written.splice(0, this.#written.length - 2)) await rm(old, { force: true });
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}

/** Subfolder of the stored states with what sensors have reported. */
export const recordFolder = "reported";

function fileOf(folder: string, digest: string): string {
  return join(folder, recordFolder, `${digest}.json`);
}

async function readRecord(digest: string, folder: string | null): Promise<Reported | null> {
  if (folder === null || !/^[0-9a-f]{32}$/.test(digest)) return null;
  const file = fileOf(folder, digest);
  try {
    const text = await readFile(file, "utf8");
    if (createHash("sha256").update(text).digest("hex").slice(0, 32) !== digest) return null;
    await utimes(file, new Date(), new Date());
    return new Map(JSON.parse(text) as readonly (readonly [string, string])[]);
  } catch {
    return null;
  }
}

async function dropOld(folder: string): Promise<void> {
  for (const name of await readdir(join(folder, recordFolder))) {
    const file = join(folder, recordFolder, name);
    if (Date.now() - (await stat(file)).mtimeMs > maxAgeMs) await rm(file, { force: true });
  }
}

/** The checksum of a group is the same for any order of its items. */
function groupsOf(reported: Reported): Buffer {
  const groups = Buffer.alloc(groupCount * 4);
  for (const [item, fingerprint] of reported) {
    const at = groupOf(item) * 4;
    const sum = (groups.readUInt32LE(at) ^ checksum(`${item}\0${fingerprint}`)) >>> 0;
    groups.writeUInt32LE(sum, at);
  }
  return groups;
}

function groupOf(item: string): number {
  return checksum(item) % groupCount;
}

/** 32 bits of each text (MurmurHash3's mixing steps): there are tens of thousands of them in each evaluation. */
function checksum(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0xcc9e2d51);
    hash = (hash << 13) | (hash >>> 19);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
