/**
 * The asset graph in a browser: the page and its server.
 *
 * const source = createStaticDefinitionsSource(definitions, pageOutlet());
 * const server = await startPageServer({ source });
 */

export type { PageContent } from "./encoding/page-content.ts";
export { WebUiConfigurationError, webUiErrorCodes } from "./errors.ts";
export type { PageDagster, PageDagsterState } from "./model/page-dagster.ts";
export { pageOutlet } from "./page-outlet.ts";
export type { DagsterStates } from "./server/dagster-states.ts";
export type { EarlierGraph, EarlierGraphs, LoadedEarlierGraph } from "./server/earlier-graphs.ts";
export {
  type PageServer,
  type PageServerOptions,
  startPageServer,
} from "./server/start-page-server.ts";
