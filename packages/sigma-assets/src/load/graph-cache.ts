import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { LineageAnswers } from "../derive/lineage/lineage-answers.ts";
import type { JoinedOrganization, JoinOptions } from "../derive/objects/build-organization-objects.ts";
import type { StateHeader, UpstreamState } from "../state/organization-state.ts";
import { StoredLineage } from "./stored-lineage.ts";

const { version } = createRequire(import.meta.url)("../../package.json") as { readonly version: string };

/** Incremented when the cached data or its computation changes within one version. */
const cacheFormat = 3;

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

/**
 * Caches the data computed from a state next to it (`*.graph`), without lineage rows, so that the next load does not read
 * and join them. It may be deleted at any time; files that cannot be read or written are ignored.
 */
export class GraphCache {
  readonly #stateFile: string;
  readonly #options: JoinOptions;

  constructor(stateFile: string, options: JoinOptions) {
    this.#stateFile = stateFile;
    this.#options = options;
  }

  /** Null if there is none for the current state. */
  async read(): Promise<OrganizationGraph | null> {
    try {
      const { file } = await this.#place();
      const graph = JSON.parse((await readFile(file)).toString()) as Partial<CachedGraph>;
      return isWhole(graph) ? { ...graph, lineage: new StoredLineage(this.#stateFile) } : null;
    } catch {
      return null;
    }
  }

  /** Replaces the caches of earlier states. Lineage rows stay in the state file, because they are most of a state. */
  async write({ header, upstreams, joined }: OrganizationGraph): Promise<void> {
    try {
      const { file, prefix, ofState } = await this.#place();
      const temporary = `${file}.${randomUUID()}.tmp`;
      const graph: CachedGraph = { header, upstreams, joined };
      await writeFile(temporary, JSON.stringify(graph), { mode: 0o600 });
      await rename(temporary, file);
      const folder = dirname(file);
      const old = (await readdir(folder)).filter(
        (name) => name.startsWith(prefix) && name.includes(".graph") && !name.startsWith(ofState),
      );
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
    } catch {
      // The next load computes it again.
    }
  }

  async #place(): Promise<{ readonly file: string; readonly prefix: string; readonly ofState: string }> {
    const { size, mtimeNs } = await stat(this.#stateFile, { bigint: true });
    const prefix = `${basename(this.#stateFile).replace(/\.ndjson$/, "")}.`;
    const ofState = `${prefix}${hash([version, cacheFormat, String(size), String(mtimeNs)])}.`;
    const name = `${ofState}${hash(Object.entries(this.#options).sort())}.graph`;
    return { file: join(dirname(this.#stateFile), name), prefix, ofState };
  }
}

function isWhole(graph: Partial<CachedGraph> | null): graph is CachedGraph {
  return graph?.header !== undefined && graph.upstreams !== undefined && graph.joined !== undefined;
}

function hash(what: unknown): string {
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 12);
}
