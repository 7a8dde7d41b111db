import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { DefinitionsSource } from "@dagster-sigma/definitions-host";
import { createAdaptorServer } from "@hono/node-server";
import type { PageContent } from "../encoding/page-content.ts";
import { WebUiConfigurationError } from "../errors.ts";
import type { Access } from "./access.ts";
import { readPageFiles } from "./page-files.ts";
import { createPageRoutes } from "./page-routes.ts";

export interface PageServerOptions {
  /** Definitions for a `pageOutlet`. */
  readonly source: DefinitionsSource<PageContent>;
  /** Where to listen; 127.0.0.1 when left out. Anything but this machine needs a token. */
  readonly host?: string;
  /** 0, a free one, when left out. */
  readonly port?: number;
  /** What a browser has to know to see anything; nothing when left out. */
  readonly token?: string | null;
}

export interface PageServer {
  readonly host: string;
  readonly port: number;
  /** Where to open the page; with the token, where there is one. */
  readonly url: string;
  /** Ends all connections and closes the source. */
  close(): Promise<void>;
}

/**
 * Serves the page.
 *
 * Rejects with WebUiConfigurationError `PAGE_PORT_TAKEN`, `PAGE_TOKEN_MISSING` or `PAGE_NOT_BUILT`.
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { source, host = "127.0.0.1", port: wantedPort = 0, token = null } = options;
  if (!isLoopback(host) && token === null) {
    throw new WebUiConfigurationError(
      "PAGE_TOKEN_MISSING",
      `Whoever reaches ${host} could read the whole graph.`,
      "Ask for a token too (--token), or leave out --host.",
    );
  }
  const hosts = new Set<string>();
  const access: Access = { hosts: isLoopback(host) ? hosts : null, token };
  const routes = createPageRoutes(source, readPageFiles(), access);
  const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
  const port = await listen(server, host, wantedPort);
  for (const name of ["127.0.0.1", "localhost", "[::1]", host]) {
    hosts.add(`${name}:${port}`);
    // Browsers leave out the port that needs no saying.
    if (port === 80) hosts.add(name);
  }
  const shownHost =
    host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return {
    host,
    port,
    url: `http://${shownHost}:${port}/${token === null ? "" : `?token=${encodeURIComponent(token)}`}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await source.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new WebUiConfigurationError(
          "PAGE_PORT_TAKEN",
          `The page cannot listen on ${host}:${port}.`,
          "Give another port with --port; 0 takes a free one.",
          cause,
        ),
      ),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
