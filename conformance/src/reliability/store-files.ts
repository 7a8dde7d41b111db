import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type FetchSigmaOptions,
  type LoadEnvironment,
  loadSigmaAssetSpecs,
  type SigmaOrganization,
  withLoadEnvironment,
} from "@dagster-sigma/sigma-assets";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";

/** Files that loads store. */
export type StoredFile = "state" | "cache" | "journal";

type Refresh = LoadEnvironment["refresh"];

/** A load: its result as text, its notes and its error. */
export interface Outcome {
  readonly result: string | null;
  readonly notes: readonly string[];
  readonly error: unknown;
}

/** One stored file in a folder of its own. */
interface StoredCase {
  readonly stateDir: string;
  readonly path: string;
  readonly good: Buffer;
  readonly refresh: "no" | "changes";
  /** Writes the files again that a load may have replaced. */
  readonly restore: () => void;
}

/** Stores a state, a state with a cache, and an older state with the journal of an interrupted refresh. */
export async function storeFiles(
  sandbox: Sandbox,
  loader: StoredLoader,
  folder: string,
): Promise<StoredFiles> {
  const [journalDir, cacheDir, stateDir] = ["journal", "cache", "state"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await loader.mustLoad(journalDir, "no");
  for (let index = 0; index < 6; index++) sandbox.mutate("edit workbook", index);
  await interruptRefresh(loader, journalDir);
  const expected = await loader.mustLoad(cacheDir, "no");
  const oldState = pathIn(journalDir, ".ndjson");
  const journal = pathIn(journalDir, ".journal");
  const cache = pathIn(cacheDir, ".graph");
  const state = join(stateDir, basename(oldState));
  mkdirSync(stateDir);
  copyFileSync(join(cacheDir, basename(state)), state);
  const cases = {
    state: { stateDir, path: state, good: readFileSync(state), refresh: "no", restore: remove(stateDir) },
    cache: { stateDir: cacheDir, path: cache, good: readFileSync(cache), refresh: "no", restore: () => {} },
    journal: {
      stateDir: journalDir,
      path: journal,
      good: readFileSync(journal),
      refresh: "changes",
      restore: rewrite(journalDir, oldState, readFileSync(oldState)),
    },
  } as const;
  return { expected, cases };
}

export interface StoredFiles {
  /** The result of a load without damage, for all cases. */
  readonly expected: string;
  readonly cases: Readonly<Record<StoredFile, StoredCase>>;
}

function remove(folder: string): () => void {
  return () => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  };
}

function rewrite(folder: string, path: string, content: Buffer): () => void {
  const clear = remove(folder);
  return () => {
    clear();
    writeFileSync(path, content);
  };
}

/** The only file in a folder with an extension. */
function pathIn(folder: string, extension: string): string {
  const [name, ...others] = readdirSync(folder).filter((entry) => entry.endsWith(extension));
  if (name === undefined || others.length > 0) throw new Error(`${folder} must have one ${extension} file.`);
  return join(folder, name);
}

/** Leaves a journal with some documents. */
async function interruptRefresh(loader: StoredLoader, stateDir: string): Promise<void> {
  const stop = new AbortController();
  const onProgress = ({ stage, done }: { readonly stage: string; readonly done: number }): void => {
    if (stage.includes("workbooks") && done >= 4) stop.abort(new Error("interrupted"));
  };
  await loader.load(stateDir, "changes", { signal: stop.signal, onProgress });
}

/** Loads with a stored state. */
export class StoredLoader {
  readonly #organization: () => SigmaOrganization;
  readonly #fetchColumnData: boolean;

  constructor(organization: () => SigmaOrganization, fetchColumnData: boolean) {
    this.#organization = organization;
    this.#fetchColumnData = fetchColumnData;
  }

  async mustLoad(stateDir: string, refresh: Refresh): Promise<string> {
    const { result, error } = await this.load(stateDir, refresh);
    if (result === null) throw error;
    return result;
  }

  async load(stateDir: string, refresh: Refresh, options: FetchSigmaOptions = {}): Promise<Outcome> {
    const sigma = this.#organization();
    const all = { stateDir, stateKey: "damaged", fetchColumnData: this.#fetchColumnData, ...options };
    try {
      const specs = await withLoadEnvironment({ refresh }, () => loadSigmaAssetSpecs(sigma, all));
      const [report] = sigma.loadReports;
      const assets = specs.map(({ origin: _origin, ...spec }) => spec);
      const result = JSON.stringify([assets, report?.diagnostics, report?.outcomes]);
      return { result, notes: report?.notes ?? [], error: null };
    } catch (error) {
      return { result: null, notes: [], error };
    }
  }
}
