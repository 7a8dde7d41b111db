import type { Loaded, WorkerContent } from "@dagster-sigma/code-location";
import { Command, InvalidArgumentError } from "commander";
import { CommandError } from "../errors.ts";
import { definitionsOptions, watchDefinitions } from "../sources/definitions-options.ts";
import type { ServedDefinitionsOptions } from "../sources/served-definitions.ts";
import { formatLoaded, formatWorkspace } from "../terminal/serve-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { GlobalOptions } from "./global-options.ts";
import { addLoadOptions, type LoadOptions, refuseWithFile } from "./load-options.ts";
import { parsePort } from "./port-option.ts";
import { untilStopped } from "./until-stopped.ts";

interface ServeOptions extends LoadOptions, GlobalOptions {
  readonly snapshot?: string;
  readonly host: string;
  readonly port: number;
  readonly printWorkspace?: boolean;
  readonly dagsterVersion: string;
  readonly keepLastGood?: boolean;
  readonly refreshEvery?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly allowShutdown?: boolean;
}

/** `dagster-sigma serve`: a code location that a real Dagster loads, until it is stopped. */
export function serveCommand(terminal: Terminal): Command {
  return addLoadOptions(new Command("serve"))
    .description("Serve the assets to a real Dagster as a code location, over gRPC.")
    .option("--snapshot <file>", "serve this snapshot instead of asking Sigma")
    .option("--host <address>", "where to listen; nobody who reaches it has to sign in", "127.0.0.1")
    .option("--port <number>", "where to listen", parsePort, 4000)
    .option("--print-workspace", "print the entry for Dagster's workspace.yaml, and end")
    .option(
      "--dagster-version <version>",
      "the Dagster that loads it: what that cannot hold is left out",
      "1.13",
    )
    .option(
      "--keep-last-good",
      "keep showing the last good assets when they fail to load, instead of the error",
    )
    .option("--refresh-every <time>", "fetch what changed so often, for example 15m", parseTime)
    .option("--tls-cert <file>", "serve with TLS: the certificate, as PEM")
    .option("--tls-key <file>", "the key of the certificate, as PEM")
    .option("--allow-shutdown", "let Dagster's page stop the server")
    .action(async (_options: ServeOptions, command: Command) => {
      const options = command.optsWithGlobals<ServeOptions>();
      refuseWithFile(options);
      refuseHalfOfTls(options);
      if (options.printWorkspace === true) terminal.out(formatWorkspace(options));
      else await serve(terminal, options);
    });
}

/** Half of it must not mean plain. @throws CommandError `WRONG_USE` */
function refuseHalfOfTls({ tlsCert, tlsKey }: ServeOptions): void {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return;
  throw new CommandError(
    "WRONG_USE",
    `${tlsCert === undefined ? "--tls-key" : "--tls-cert"} alone does not encrypt.`,
    "Give both --tls-cert and --tls-key.",
  );
}

async function serve(terminal: Terminal, options: ServeOptions): Promise<void> {
  // What grpc writes of a port that is taken is said better below; who sets the variable sees it all the same.
  process.env["GRPC_NODE_VERBOSITY"] ??= process.env["GRPC_VERBOSITY"] ?? "NONE";
  const { WorkerContent, hostFeatures, startCodeLocation } = await import("@dagster-sigma/code-location");
  const definitions = definitionsOptions(terminal, options);
  const content = new WorkerContent<ServedDefinitionsOptions>({
    module: new URL("../sources/served-definitions.js", import.meta.url),
    options: definitions,
    features: hostFeatures(options.dagsterVersion),
    keepLastGood: options.keepLastGood === true,
    onLoaded: (loaded) => terminal.err(describe(terminal, loaded)),
  });
  const { tlsCert, tlsKey } = options;
  const location = await startCodeLocation({
    content,
    host: options.host,
    port: options.port,
    allowShutdown: options.allowShutdown === true,
    ...(tlsCert === undefined || tlsKey === undefined ? {} : { tls: { certFile: tlsCert, keyFile: tlsKey } }),
    onCallFailed: (method, thrown) => terminal.err(`${method} failed: ${String(thrown)}\n`),
  });
  const { host, port } = location;
  terminal.out(
    options.json === true
      ? `${JSON.stringify({ host, port })}\n`
      : `A code location for Dagster at ${host}:${port}\n`,
  );
  if (!isLoopback(host))
    terminal.err(
      `Whoever reaches ${host}:${port} can read these assets: keep it in a network of your own.\n`,
    );
  const stopWatching = watchAll(content, definitions, options);
  void content.reload();
  await Promise.race([location.stopped, untilStopped()]);
  stopWatching();
  await location.close();
}

function watchAll(
  content: WorkerContent<ServedDefinitionsOptions>,
  definitions: ServedDefinitionsOptions,
  { refreshEvery }: ServeOptions,
): () => void {
  const reload = (): void => void content.reload();
  const refresh = (): void => void content.reload({ refresh: true });
  process.on("SIGHUP", reload);
  const timer = refreshEvery === undefined ? undefined : setInterval(refresh, refreshEvery);
  const stopWatching = watchDefinitions(definitions, reload);
  return () => {
    process.off("SIGHUP", reload);
    clearInterval(timer);
    stopWatching();
  };
}

function describe(terminal: Terminal, loaded: Loaded): string {
  return formatLoaded(loaded, terminal);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `15m`, `2h` in ms. @throws InvalidArgumentError for anything else */
function parseTime(text: string): number {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (units[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new InvalidArgumentError("It is a time such as 90s, 15m or 2h.");
  return ms;
}
