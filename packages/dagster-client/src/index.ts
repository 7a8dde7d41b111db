/**
 * Client for the GraphQL API of a running Dagster. Independent of Sigma.
 *
 *     const dagster = new DagsterClient({ url: "http://127.0.0.1:3000" });
 *     const { version } = await dagster.query("{ version }", {}, z.object({ version: z.string() }));
 */
export { type DagsterAssetState, fetchAssetStates } from "./asset-states.ts";
export {
  type AssetMaterializationReport,
  DagsterClient,
  type DagsterClientOptions,
  type QueryOptions,
} from "./dagster-client.ts";
export {
  DagsterClientError,
  type DagsterClientErrorCode,
  type DagsterClientErrorDetails,
  dagsterClientErrorCodes,
} from "./errors.ts";
