import { createHash, randomUUID } from "node:crypto";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { LineageAnswers } from "../derive/lineage/lineage-answers.ts";
import type { JoinedOrganization, JoinOptions } from "../derive/objects/build-organization-objects.ts";
import { jsonPieces } from "../fetch/store/json-pieces.ts";
import { LineChecksums } from "../fetch/store/line-checksums.ts";
import { openRegularFile } from "../fetch/store/open-regular-file.ts";
import { packageVersion } from "../fetch/store/package-version.ts";
import type { StateHeader, UpstreamState } from "../state/organization-state.ts";
import { StoredLineage } from "./stored-lineage.ts";

/** Incremented when the cached data or its computation changes within one version. */
const cacheFormat = 5;

/** The lists of objects are `joined.objects.*`. */
const dividedLevels = 4;

/** The part of an organization that the cache file contains. */
interface CachedGraph {
  readonly header: StateHeader;
  readonly upstreams: readonly UpstreamState[];
  readonly joined: JoinedOrganization;
}

/** Data computed from a state, from which definitions are built. */
export interface OrganizationGraph extends CachedGraph {
  readonly lineage: LineageAnswers;
}

/** The data of a cache file. */
interface ReadCache {
  /** Null if there is none for the current state, or if it is damaged. */
  readonly graph: OrganizationGraph | null;
  /** The damaged file; null if it is undamaged or missing. */
  readonly damagedFile: string | null;
}

/**
 * Caches the data computed from a state next to it (`*.graph`), without lineage rows, so that the next load does not read
 * and join them. It may be deleted at any time. A file that is damaged or cannot be read is computed again.
 */
export class GraphCache {
  readonly #stateFile: string;
  readonly #options: JoinOptions;

  constructor(stateFile: string, options: JoinOptions) {
    this.#stateFile = stateFile;
    this.#options = options;
  }

  async read(): Promise<ReadCache> {
    let file: string | null = null;
    try {
      ({ file } = await this.#place());
      const graph = await readGraph(file);
      if (graph === null) return { graph: null, damagedFile: file };
      return { graph: { ...graph, lineage: new StoredLineage(this.#stateFile) }, damagedFile: null };
    } catch (thrown) {
      // A missing file, or a file of another user.
      const isUnreadable = ["ENOENT", "EACCES", "EPERM"].includes(
        String((thrown as NodeJS.ErrnoException).code),
      );
      return { graph: null, damagedFile: isUnreadable ? null : file };
    }
  }

  /** Replaces the caches of earlier states. Lineage rows stay in the state file, because they are most of a state. */
  async write({ header, upstreams, joined }: OrganizationGraph): Promise<void> {
    try {
      const { file, prefix, ofState } = await this.#place();
      const graph: CachedGraph = { header, upstreams, joined };
      await replaceFile(file, new LineChecksums().sealPieces(jsonPieces(graph, dividedLevels)));
      const folder = dirname(file);
      const old = (await readdir(folder)).filter(
        (name) => name.startsWith(prefix) && name.includes(".graph") && !name.startsWith(ofState),
      );
      await Promise.all(old.map((name) => rm(join(folder, name))));
    } catch {
      // The next load computes it again; another process may have removed an old file.
    }
  }

  async #place(): Promise<{ readonly file: string; readonly prefix: string; readonly ofState: string }> {
    const { size, mtimeNs } = await stat(this.#stateFile, { bigint: true });
    const prefix = `${basename(this.#stateFile, ".ndjson")}.`;
    const ofState = `${prefix}${hash([packageVersion, cacheFormat, String(size), String(mtimeNs)])}.`;
    const name = `${ofState}${hash(this.#options)}.graph`;
    return { file: join(dirname(this.#stateFile), name), prefix, ofState };
  }
}

/** Null if the file is damaged. */
async function readGraph(file: string): Promise<CachedGraph | null> {
  const handle = await openRegularFile(file);
  try {
    // The last byte is the newline.
    const line = (await handle.readFile()).subarray(0, -1);
    return new LineChecksums().verify(line) === true ? (JSON.parse(line.toString()) as CachedGraph) : null;
  } finally {
    await handle.close();
  }
}

async function replaceFile(file: string, content: Iterable<Buffer>): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content, { flag: "wx", mode: 0o600 });
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary);
    throw thrown;
  }
}

function hash(what: unknown): string {
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 12);
}
