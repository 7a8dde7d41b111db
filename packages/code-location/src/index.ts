/**
 * Serves definitions to a real Dagster, as a code location without Python:
 *
 *     const content = new SourceContent(createStaticDefinitionsSource(definitions), hostFeatures("1.13"));
 *     const location = await startCodeLocation({ content, port: 4000 });
 */

export type { DefinitionsModule } from "./content/content-worker.ts";
export type { Served, ServedContent } from "./content/served-content.ts";
export { SourceContent } from "./content/source-content.ts";
export { type Loaded, WorkerContent, type WorkerContentOptions } from "./content/worker-content.ts";
export { codeLocationErrorCodes } from "./errors.ts";
export { fitToHost } from "./host/fit-to-host.ts";
export { defaultDagsterVersion, type HostFeatures, hostFeatures } from "./host/host-features.ts";
export {
  type CodeLocation,
  type CodeLocationOptions,
  startCodeLocation,
} from "./server/start-code-location.ts";
