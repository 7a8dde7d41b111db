import { basename } from "node:path";
import { failureText } from "@dagster-sigma/definitions-host";
import { type EarlierLoad, findEarlierStates } from "@dagster-sigma/sigma-assets";
import type { EarlierGraph, EarlierGraphs, LoadedEarlierGraph, PageContent } from "@dagster-sigma/web-ui";
import type { ServedSource } from "../definitions/served-source.ts";
import { CommandError } from "../errors.ts";

/** Graphs of the past that stay loaded: changing between two of them is immediate. */
const mostLoaded = 2;

/** What {@link ServedEarlierGraphs} needs. */
export interface EarlierGraphsOptions {
  /** The present definitions. */
  readonly source: ServedSource<PageContent>;
  /** Creates the same definitions, loaded from a state of the past. */
  readonly createSource: (earlier: EarlierLoad) => ServedSource<PageContent>;
  /** A state or snapshot file to compare with; null for kept states only. */
  readonly file: string | null;
}

/**
 * Graphs of kept states. A state holds no definitions: the definitions run once more, with that state. A graph of the past is loaded again
 * after the definitions changed.
 */
export class ServedEarlierGraphs implements EarlierGraphs {
  readonly #options: EarlierGraphsOptions;
  readonly #loaded = new Map<string, Promise<LoadedEarlierGraph>>();
  readonly #running = new Set<ServedSource<PageContent>>();
  #version: string | null = null;

  constructor(options: EarlierGraphsOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly EarlierGraph[]> {
    const { source, file } = this.#options;
    const states = (await Promise.all(source.stateFiles.map(findEarlierStates))).flat();
    const times = [...new Set(states.map(({ fetchedAt }) => fetchedAt))].sort().reverse();
    return [
      ...(file === null ? [] : [{ id: fileId, fetchedAt: null, file: basename(file) }]),
      ...times.map((fetchedAt) => ({ id: fetchedAt, fetchedAt, file: null })),
    ];
  }

  load(id: string): Promise<LoadedEarlierGraph> {
    const version = this.#options.source.current().content?.version ?? null;
    if (version !== this.#version) this.#loaded.clear();
    this.#version = version;
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const loading = this.#load(id);
    this.#loaded.set(id, loading);
    loading.catch(() => this.#loaded.delete(id));
    for (const oldest of [...this.#loaded.keys()].slice(0, -mostLoaded)) this.#loaded.delete(oldest);
    return loading;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((source) => source.close()));
  }

  async #load(id: string): Promise<LoadedEarlierGraph> {
    const { createSource, file } = this.#options;
    const startedMs = performance.now();
    const source = createSource(id === fileId && file !== null ? { file } : { asOf: id });
    this.#running.add(source);
    try {
      await source.reload();
      const { content, failure } = source.current();
      if (failure === null && content !== null) return { content, wallMs: performance.now() - startedMs };
      const message = failure === null ? "The command was stopped." : failureText(failure);
      throw new CommandError("EARLIER_STATE_NOT_LOADED", message, "Choose another state.");
    } finally {
      this.#running.delete(source);
      await source.close();
    }
  }
}

/** Id of the file that the user gave; kept states have the time of their fetch. */
const fileId = "file";
