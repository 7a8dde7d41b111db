import {
  type CurrentDefinitions,
  createStaticDefinitionsSource,
  type Definitions,
  type DefinitionsSource,
} from "@dagster-sigma/asset-graph";

/** Definitions that were loaded, and how to load them again. */
export class LoadedSource implements DefinitionsSource {
  readonly #load: () => Promise<Definitions>;
  readonly #listeners = new Set<() => void>();
  #current: CurrentDefinitions;

  constructor(definitions: Definitions, load: () => Promise<Definitions>) {
    this.#load = load;
    this.#current = createStaticDefinitionsSource(definitions).current();
  }

  current(): CurrentDefinitions {
    return this.#current;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async refresh(): Promise<void> {
    this.#current = createStaticDefinitionsSource(await this.#load()).current();
    for (const listener of this.#listeners) listener();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
