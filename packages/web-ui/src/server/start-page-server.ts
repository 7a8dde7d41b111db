import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { DefinitionsSource } from "@dagster-sigma/definitions-host";
import { createAdaptorServer } from "@hono/node-server";
import type { PageContent } from "../encoding/page-content.ts";
import { WebUiConfigurationError } from "../errors.ts";
import type { Access } from "./access.ts";
import type { DagsterStates } from "./dagster-states.ts";
import type { EarlierGraphs } from "./earlier-graphs.ts";
import { readPageFiles } from "./page-files.ts";
import { createPageRoutes } from "./page-routes.ts";

/** Options of {@link startPageServer}. */
export interface PageServerOptions {
  /** Definitions for a `pageOutlet`. */
  readonly source: DefinitionsSource<PageContent>;
  /** Graphs of the past to compare with. Default: none. */
  readonly earlier?: EarlierGraphs;
  /** A running Dagster to ask about the assets. Default: none. */
  readonly dagster?: DagsterStates;
  /** Address to listen on. Default: 127.0.0.1. Any address other than loopback requires a token. */
  readonly host?: string;
  /** Port to listen on; 0 picks a free port. Default: 0. */
  readonly port?: number;
  /** Token that a browser must present. Default: none. */
  readonly token?: string | null;
  /**
   * Status streams (`/api/events`) that all clients may have open at the same time; further ones get 503. A visible tab
   * of the page has one; without one, it requests the status every 10 s. Default: 256.
   */
  readonly maxEventStreams?: number;
  /**
   * Status streams that one client may have open: one IPv4 address, or all IPv6 addresses with the same first 64 bits.
   * All users behind one proxy are one client. Default: 16.
   */
  readonly maxEventStreamsPerClient?: number;
}

/** A running page server. */
export interface PageServer {
  /** The address on which it listens. */
  readonly host: string;
  /** The port on which it listens. */
  readonly port: number;
  /** URL of the page, including the token if there is one. */
  readonly url: string;
  /** Closes all connections and the source. */
  close(): Promise<void>;
}

/**
 * Starts the page server.
 *
 * @throws WebUiConfigurationError `PAGE_PORT_TAKEN`, `PAGE_TOKEN_MISSING` or `PAGE_NOT_BUILT`
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const {
    source,
    earlier = null,
    dagster = null,
    host = "127.0.0.1",
    port: wantedPort = 0,
    token = null,
  } = options;
  if (!isLoopback(host) && token === null) {
    throw new WebUiConfigurationError(
      "PAGE_TOKEN_MISSING",
      `Anyone who can reach ${host} could read the whole graph.`,
      "Require a token with --token, or omit --host.",
    );
  }
  const hosts = new Set<string>();
  const access: Access = { hosts: isLoopback(host) ? hosts : null, token };
  const { maxEventStreams: total = 256, maxEventStreamsPerClient: perClient = 16 } = options;
  const routes = createPageRoutes({
    source,
    files: readPageFiles(),
    access,
    streamLimits: { total, perClient },
    earlier,
    dagster,
  });
  const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
  const port = await listen(server, host, wantedPort);
  for (const name of ["127.0.0.1", "localhost", "[::1]", host]) {
    hosts.add(`${name}:${port}`);
    // Browsers omit the default port.
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
      await Promise.all([source.close(), earlier?.close(), dagster?.close()]);
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
          "Choose another port with --port; 0 picks a free one.",
          cause,
        ),
      ),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
