import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that listens on this machine. */
export interface LocalServer {
  /** `http://127.0.0.1:port` */
  readonly baseUrl: string;
  /** Ends its connections too. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0, when left out, is a free one. Rejects when the port is taken. */
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
