import { randomBytes } from "node:crypto";
import { type DefinitionsSource, failureText } from "@dagster-sigma/definitions-host";
import type { PageContent, PageServer, PageServerOptions } from "@dagster-sigma/web-ui";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { untilStopped } from "../terminal/until-stopped.ts";

export interface PageOptions extends GlobalOptions {
  readonly host: string;
  readonly port: number;
  readonly token?: boolean;
}

/** Sets a fixed token, for example to keep URLs valid after a restart. */
const tokenVariable = "DAGSTER_SIGMA_PAGE_TOKEN";

/**
 * Serves the page and prints its URL, until the process is stopped. `onListening` is called once it accepts
 * connections.
 */
export async function showPage(
  terminal: Terminal,
  options: PageOptions,
  source: DefinitionsSource<PageContent>,
  onListening: (server: PageServer) => void,
  more: Pick<PageServerOptions, "earlier" | "dagster"> = {},
): Promise<void> {
  const { startPageServer } = await import("@dagster-sigma/web-ui");
  const { host, port } = options;
  const token =
    options.token === true ? process.env[tokenVariable] || randomBytes(18).toString("base64url") : null;
  const server = await startPageServer({ ...more, source, host, port, token });
  const { bold, dim } = terminal.colors;
  terminal.out(
    options.json === true
      ? formatJson({ host: server.host, port: server.port, url: server.url })
      : `The asset graph is at ${bold(server.url)}\n${dim("Ctrl-C stops it.\n")}`,
  );
  let told = "";
  const tell = (): void => {
    const { content, failure, progress } = source.current();
    if (progress !== null) return;
    const text = failure === null ? `${content?.assets ?? 0} assets` : failureText(failure);
    if (text !== told) terminal.err(`${text}\n`);
    told = text;
  };
  const stopTelling = source.onChange(tell);
  onListening(server);
  await untilStopped();
  stopTelling();
  await server.close();
}
