import type { DefinitionsSource } from "@dagster-sigma/asset-graph";
import { buildPageContent } from "./build-page-content.ts";
import { ChangeListeners } from "./change-listeners.ts";
import type { PageContent, PageContentSource, PageFailure, PageState } from "./page-content.ts";
import { pageFailure } from "./page-failure.ts";

/** Content made in this thread from a source of definitions: for hand-written graphs, and for embedding. */
export class SourceContent implements PageContentSource {
  readonly refresh: (() => Promise<void>) | null;
  readonly #source: DefinitionsSource;
  readonly #listeners = new ChangeListeners();
  readonly #stopListening: () => void;
  #content: PageContent | null = null;
  #failure: PageFailure | null = null;
  #progress: string | null = null;

  constructor(source: DefinitionsSource) {
    this.#source = source;
    this.#build();
    this.#stopListening = source.onChange(() => this.#build());
    const { refresh } = source;
    this.refresh = refresh === undefined ? null : () => this.#refresh(refresh.bind(source));
  }

  current(): PageState {
    return { content: this.#content, failure: this.#failure, progress: this.#progress };
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#source.close();
  }

  async #refresh(refresh: NonNullable<DefinitionsSource["refresh"]>): Promise<void> {
    this.#show("Refreshing");
    try {
      await refresh({ onProgress: (text) => this.#show(text) });
      this.#build();
    } catch (thrown) {
      this.#failure = pageFailure(thrown);
    }
    this.#show(null);
  }

  #show(progress: string | null): void {
    this.#progress = progress;
    this.#listeners.tell();
  }

  #build(): void {
    try {
      this.#content = buildPageContent(this.#source.current());
      this.#failure = null;
    } catch (thrown) {
      this.#failure = pageFailure(thrown);
    }
    this.#listeners.tell();
  }
}
