import { tokenRoute } from "./http-server.ts";
import { Router } from "./router.ts";

/** A route that a sandbox serves. */
export interface ServedRoute {
  /** HTTP method. */
  readonly method: string;
  /** Route as in Sigma's documentation, for example `/v2/workbooks/{workbookId}`. */
  readonly route: string;
}

/** All routes that a sandbox serves. */
export function servedRoutes(): readonly ServedRoute[] {
  return [{ method: "POST", route: tokenRoute }, ...new Router({ maxPageSize: 1_000 }).routes];
}
