/** The asset graph in a browser: the page, and the server that shows it. Takes any source of definitions. */

export type { PageDefinitionsModule } from "./content/content-worker.ts";
export type { PageContent, PageContentSource, PageFailure, PageState } from "./content/page-content.ts";
export { SourceContent } from "./content/source-content.ts";
export { WorkerContent, type WorkerContentOptions } from "./content/worker-content.ts";
export { WebUiConfigurationError, webUiErrorCodes } from "./errors.ts";
export {
  type PageServer,
  type PageServerOptions,
  startPageServer,
} from "./server/start-page-server.ts";
