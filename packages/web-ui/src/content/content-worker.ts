import { parentPort, workerData } from "node:worker_threads";
import { createStaticDefinitionsSource, type Definitions } from "@dagster-sigma/asset-graph";
import { buildPageContent } from "./build-page-content.ts";
import type { PageContent, PageFailure } from "./page-content.ts";
import { pageFailure } from "./page-failure.ts";

/** What a thread is started with. */
export interface ContentWorkerData {
  /** Address of a module of JavaScript: see {@link PageDefinitionsModule}. */
  readonly module: string;
  /** Handed to it. */
  readonly options: unknown;
}

/** What such a module exports: user code runs in it, as long as it likes. */
export interface PageDefinitionsModule<Options> {
  loadDefinitions(options: Options, onProgress: (text: string) => void): Promise<Definitions>;
}

export type ContentMessage =
  | { readonly type: "progress"; readonly text: string }
  | { readonly type: "content"; readonly content: PageContent }
  | { readonly type: "failure"; readonly failure: PageFailure };

const tell = (message: ContentMessage, transfer: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transfer);

const { module, options } = workerData as ContentWorkerData;
try {
  const { loadDefinitions } = (await import(module)) as PageDefinitionsModule<unknown>;
  const definitions = await loadDefinitions(options, (text) => tell({ type: "progress", text }));
  const content = buildPageContent(createStaticDefinitionsSource(definitions).current());
  const { graph, columns, details, detailStarts } = content;
  tell({ type: "content", content }, [graph.buffer, columns.buffer, details.buffer, detailStarts.buffer]);
} catch (thrown) {
  tell({ type: "failure", failure: pageFailure(thrown) });
}
