import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that listens on 127.0.0.1. */
export interface LocalServer {
  /** `http://127.0.0.1:port` */
  readonly baseUrl: string;
  /** Closes the server and its connections. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 (default port: a free one). Rejects if the port is taken. */
export async function listenLocally(server: Server, port = 0): Promise<LocalServer> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
