import type { DefinitionsSource } from "@dagster-sigma/definitions-host";
import type { PageContent } from "@dagster-sigma/web-ui";
import { CommandError } from "../errors.ts";

/**
 * Starts the page, requests what a browser would request first, and stops it.
 *
 * @throws CommandError `PAGE_NOT_ANSWERING`
 */
export async function checkPage(source: DefinitionsSource<PageContent>): Promise<void> {
  const { startPageServer } = await import("@dagster-sigma/web-ui");
  const server = await startPageServer({ source });
  try {
    for (const path of ["", "api/graph"]) {
      const { status } = await fetch(`${server.url}${path}`);
      if (status !== 200) {
        const message = `The page answers ${server.url}${path} with ${status}.`;
        throw new CommandError("PAGE_NOT_ANSWERING", message, "Rebuild it: npm run clean, then npm start.");
      }
    }
  } finally {
    await server.close();
  }
}
