import { createOutlet, type Outlet } from "@dagster-sigma/definitions-host";
import type { PageContent } from "./encoding/page-content.ts";
import * as encoder from "./encoding/page-encoder.ts";

const encoderModule = new URL(
  import.meta.url.endsWith(".ts") ? "./encoding/page-encoder.ts" : "./encoding/page-encoder.js",
  import.meta.url,
);

/** The outlet that encodes definitions for the page. */
export function pageOutlet(): Outlet<PageContent> {
  return createOutlet(encoder, encoderModule, null);
}
