import { Client, credentials, type ServiceError } from "@grpc/grpc-js";
import { dagsterService } from "../src/protocol/grpc-service.ts";

/** Calls a code location the way Dagster does. */
export class DagsterClient {
  readonly #client: Client;

  /** @param certificate the certificate to trust, as PEM; unencrypted when omitted */
  constructor(port: number, certificate?: Buffer) {
    const channel =
      certificate === undefined ? credentials.createInsecure() : credentials.createSsl(certificate);
    this.#client = new Client(`127.0.0.1:${port}`, channel, {
      "grpc.max_send_message_length": -1,
      "grpc.max_receive_message_length": -1,
    });
  }

  /** Calls a unary method. Rejects with a `ServiceError`. */
  call(method: string, request: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const { path, requestSerialize, responseDeserialize } = definitionOf(method);
    return new Promise((resolve, reject) => {
      const done = (cause: ServiceError | null, reply?: unknown): void => {
        if (cause === null) resolve(reply as Readonly<Record<string, unknown>>);
        else reject(cause);
      };
      this.#client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, done);
    });
  }

  /** Calls a streaming method and returns all messages. Rejects with a `ServiceError`. */
  stream(method: string, request: object = {}): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { path, requestSerialize, responseDeserialize } = definitionOf(method);
    const call = this.#client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request);
    const messages: Readonly<Record<string, unknown>>[] = [];
    return new Promise((resolve, reject) => {
      call.on("data", (message) => messages.push(message));
      call.on("end", () => resolve(messages));
      call.on("error", reject);
    });
  }

  close(): void {
    this.#client.close();
  }
}

function definitionOf(method: string): (typeof dagsterService)[string] {
  const definition = dagsterService[method];
  if (definition === undefined) throw new Error(`Dagster has no method ${method}.`);
  return definition;
}
