import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { JoinedOrganization, JoinOptions } from "../lineage/build-organization-objects.ts";
import { objectId } from "../state/object-id.ts";
import type { OrganizationState, StateHeader, UpstreamState } from "../state/organization-state.ts";
import { StateReader } from "../state/state-lines.ts";

const { version } = createRequire(import.meta.url)("../../package.json") as { readonly version: string };

/** Raised whenever what is kept changes its shape, or is worked out otherwise, within one version. */
const cacheFormat = 2;

/** What definitions are built from, worked out of a state. */
export interface OrganizationGraph {
  readonly header: StateHeader;
  readonly upstreams: readonly UpstreamState[];
  readonly joined: JoinedOrganization;
}

/**
 * Keeps what was worked out of a state beside it (`*.graph`), without the rows that lineage came from, so that the next
 * load need not read and join them. It may be deleted at any time; what cannot be read or written is as if it were not
 * there.
 */
export class GraphCache {
  readonly #stateFile: string;
  readonly #options: JoinOptions;

  constructor(stateFile: string, options: JoinOptions) {
    this.#stateFile = stateFile;
    this.#options = options;
  }

  /** Null where there is none for the state as it is now. */
  async read(): Promise<OrganizationGraph | null> {
    try {
      const { file } = await this.#place();
      const graph = JSON.parse((await readFile(file)).toString()) as OrganizationGraph;
      return { ...graph, joined: withLineage(graph.joined, this.#stateFile) };
    } catch {
      return null;
    }
  }

  /** Takes the place of those of earlier states. */
  async write(graph: OrganizationGraph): Promise<void> {
    try {
      const { file, prefix, ofState } = await this.#place();
      const temporary = `${file}.${randomUUID()}.tmp`;
      await writeFile(temporary, JSON.stringify({ ...graph, joined: withoutLineage(graph.joined) }), {
        mode: 0o600,
      });
      await rename(temporary, file);
      const folder = dirname(file);
      const old = (await readdir(folder)).filter(
        (name) => name.startsWith(prefix) && name.includes(".graph") && !name.startsWith(ofState),
      );
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
    } catch {
      // The next load works it out again.
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

function hash(what: unknown): string {
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 12);
}

/** The answers that lineage came from are most of a state, and hardly anybody asks for them. */
function withoutLineage(joined: JoinedOrganization): object {
  const lean = <Document extends { readonly lineage: unknown }>(
    documents: readonly Document[],
  ): readonly object[] => documents.map(({ lineage: _lineage, ...rest }) => rest);
  const { workbooks, dataModels } = joined.objects;
  return {
    ...joined,
    objects: { ...joined.objects, workbooks: lean(workbooks), dataModels: lean(dataModels) },
  };
}

/** A translator that asks for `lineage` gets it out of the state; the first one waits until that is read. */
function withLineage(joined: JoinedOrganization, stateFile: string): JoinedOrganization {
  let answers: ReadonlyMap<string, readonly unknown[]> | null = null;
  for (const document of [...joined.objects.workbooks, ...joined.objects.dataModels]) {
    Object.defineProperty(document, "lineage", {
      configurable: true,
      get: () => {
        answers ??= lineageAnswers(stateFile);
        return answers.get(document.id) ?? [];
      },
    });
  }
  return joined;
}

function lineageAnswers(stateFile: string): ReadonlyMap<string, readonly unknown[]> {
  const reader = new StateReader();
  for (const line of readFileSync(stateFile, "utf8").split("\n")) if (line !== "") reader.push(line);
  const { workbooks, dataModels }: OrganizationState = reader.finish();
  return new Map([
    ...workbooks.map(
      ({ id, lineage, sources, elementLineage }) =>
        [objectId(id), lineage ?? sources ?? elementLineage ?? []] as const,
    ),
    ...dataModels.map(({ id, lineage, sources }) => [objectId(id), lineage ?? sources ?? []] as const),
  ]);
}
