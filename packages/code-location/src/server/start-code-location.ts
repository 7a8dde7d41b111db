import { readFileSync } from "node:fs";
import type { DefinitionsSource } from "@dagster-sigma/definitions-host";
import { DagsterSigmaError } from "@dagster-sigma/foundation";
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { HealthImplementation } from "grpc-health-check";
import { CodeLocationConfigurationError } from "../errors.ts";
import { dagsterService, type MethodAnswers, methodNames } from "../protocol/grpc-service.ts";
import type { EncodedRepository } from "../repository/encoded-repository.ts";
import type { RunWorker } from "../runs/run-worker.ts";
import { dagsterHandlers } from "./dagster-handlers.ts";
import { unimplemented } from "./unimplemented.ts";

/** Name of the service in health checks, both Dagster's own and Kubernetes probes. */
const healthService = "DagsterApi";

/** Options of {@link startCodeLocation}. */
export interface CodeLocationOptions {
  /** Definitions for a `codeLocationOutlet`. */
  readonly source: DefinitionsSource<EncodedRepository>;
  /** Whether the last good definitions stay while loading fails. Default: false, so that Dagster shows the error. */
  readonly keepLastGood?: boolean;
  /**
   * Address to listen on. Default: 127.0.0.1. There is no authentication: do not expose the port to open networks.
   */
  readonly host?: string;
  /** Port to listen on; 0 picks a free port. Default: 0. */
  readonly port?: number;
  /**
   * PEM files for TLS. Default: no encryption. Dagster verifies the certificate against its system's root
   * certificates.
   */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** The `dagster` version that the location reports. Default: "1.13.27". */
  readonly dagsterVersion?: string;
  /** Starts runs of executable assets, for definitions that were encoded with runs. Default: assets are only shown. */
  readonly worker?: RunWorker;
  /** Whether Dagster's web UI may stop the server. Default: false. */
  readonly allowShutdown?: boolean;
  /** Called when a call fails; for logging. The error contains nothing from the request. */
  readonly onCallFailed?: (method: string, thrown: unknown) => void;
}

/** A running code location. */
export interface CodeLocation {
  /** The address on which it listens. */
  readonly host: string;
  /** The port on which it listens. */
  readonly port: number;
  /** Resolves when Dagster requested a shutdown. */
  readonly stopped: Promise<void>;
  /** Waits up to five seconds for calls in progress, then closes the server and the source. */
  close(): Promise<void>;
}

const drainMs = 5_000;

/** Dagster's own limit. Requests are small, except for a sensor's cursor and a run's asset selection. */
const maxRequestBytes = 100_000_000;

/**
 * Serves definitions to a real Dagster (`grpc_server:` in its workspace file).
 *
 * @throws ConfigurationError `CODE_LOCATION_PORT_TAKEN` if it cannot listen on the port, `TLS_FILE_UNREADABLE` for
 * unreadable files
 */
export async function startCodeLocation(options: CodeLocationOptions): Promise<CodeLocation> {
  const { source, host = "127.0.0.1", port = 0 } = options;
  const server = new Server({
    "grpc.max_receive_message_length": maxRequestBytes,
    // Leaves it to Dagster to reject large messages: its limit can be raised (DAGSTER_GRPC_MAX_RX_BYTES).
    "grpc.max_send_message_length": -1,
  });
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const handlers = dagsterHandlers(source, {
    dagsterVersion: options.dagsterVersion ?? "1.13.27",
    onShutdown: options.allowShutdown === true ? stop : null,
    keepLastGood: options.keepLastGood === true,
    worker: options.worker ?? null,
  });
  server.addService(dagsterService, implementation(handlers, options.onCallFailed ?? (() => undefined)));
  new HealthImplementation({ "": "SERVING", [healthService]: "SERVING" }).addToServer(server);
  const boundPort = await bind(server, host, port, credentials(options.tls));
  await options.worker?.start({ host, port: boundPort });
  return {
    host,
    port: boundPort,
    stopped,
    close: async () => {
      await drain(server);
      await options.worker?.close();
      await source.close();
    },
  };
}

function implementation(
  handlers: MethodAnswers,
  onCallFailed: (method: string, thrown: unknown) => void,
): UntypedServiceImplementation {
  return Object.fromEntries(
    methodNames.map((name) => {
      const handler = handlers[name as keyof MethodAnswers] as ((request: unknown) => unknown) | undefined;
      if (handler === undefined) return [name, refuse(unimplemented[name] ?? "Not implemented.")];
      return [
        name,
        dagsterService[name]?.responseStream === true
          ? stream(name, handler, onCallFailed)
          : unary(name, handler, onCallFailed),
      ];
    }),
  );
}

function unary(
  name: string,
  handler: (request: unknown) => unknown,
  onCallFailed: (method: string, thrown: unknown) => void,
): handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    // Treats a synchronous throw like a rejected promise.
    Promise.resolve()
      .then(() => handler(call.request))
      .then(
        (reply) => callback(null, reply),
        (thrown: unknown) => {
          onCallFailed(name, thrown);
          const isInvalid = DagsterSigmaError.isInstance(thrown) && thrown.code === "REQUEST_INVALID";
          callback({
            code: isInvalid ? status.INVALID_ARGUMENT : status.INTERNAL,
            details: thrown instanceof Error ? thrown.message : String(thrown),
          });
        },
      );
  };
}

function stream(
  name: string,
  handler: (request: unknown) => unknown,
  onCallFailed: (method: string, thrown: unknown) => void,
): handleServerStreamingCall<unknown, unknown> {
  return async (call) => {
    try {
      for (const message of handler(call.request) as Iterable<unknown>) {
        // Waits for a slow host instead of buffering everything in memory.
        if (!call.write(message)) await new Promise((resolve) => call.once("drain", resolve));
      }
      call.end();
    } catch (thrown) {
      onCallFailed(name, thrown);
      call.emit("error", { code: status.INTERNAL, details: String(thrown) });
    }
  };
}

function refuse(
  why: string,
): handleUnaryCall<unknown, unknown> & handleServerStreamingCall<unknown, unknown> {
  const refusal = { code: status.UNIMPLEMENTED, details: why };
  return ((
    call: Parameters<handleServerStreamingCall<unknown, unknown>>[0],
    callback?: (error: object) => void,
  ) => {
    if (callback === undefined) call.emit("error", refusal);
    else callback(refusal);
  }) as never;
}

function credentials(tls: CodeLocationOptions["tls"]): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const read = (file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (cause) {
      throw new CodeLocationConfigurationError(
        "TLS_FILE_UNREADABLE",
        `The file ${file} cannot be read.`,
        "Pass the certificate and its key as PEM files.",
        cause,
      );
    }
  };
  return ServerCredentials.createSsl(null, [
    { cert_chain: read(tls.certFile), private_key: read(tls.keyFile) },
  ]);
}

function bind(server: Server, host: string, port: number, creds: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host.includes(":") ? `[${host}]` : host}:${port}`, creds, (cause, boundPort) => {
      if (cause === null) resolve(boundPort);
      else
        reject(
          new CodeLocationConfigurationError(
            "CODE_LOCATION_PORT_TAKEN",
            `The code location cannot listen on ${host}:${port}.`,
            "Choose another --port, or stop the process that listens there.",
            cause,
          ),
        );
    });
  });
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, drainMs);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
