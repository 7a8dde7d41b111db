import type { EncodedRepository } from "@dagster-sigma/code-location";
import type { LoadResult } from "@dagster-sigma/definitions-host";
import { parseDuration, printableLines } from "@dagster-sigma/foundation";
import { Command, InvalidArgumentError, Option } from "commander";
import type { ServedLoadOptions } from "../definitions/served-source.ts";
import { CommandError } from "../errors.ts";
import { formatJson } from "../json/json-output.ts";
import { countOption } from "../options/count-option.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addServedOptions, refuseWithFile } from "../options/load-options.ts";
import { parsePort } from "../options/port-option.ts";
import { createWorker } from "../runs/create-worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { untilStopped } from "../terminal/until-stopped.ts";
import type { WorkspaceEntry } from "../workspace/merge-workspace.ts";

interface ServeOptions extends ServedLoadOptions, GlobalOptions {
  readonly host: string;
  readonly port: number;
  readonly printWorkspace?: boolean;
  readonly addTo?: string;
  readonly locationName: string;
  readonly dagsterVersion: string;
  readonly keepLastGood?: boolean;
  readonly refreshEvery?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly allowShutdown?: boolean;
  readonly runs?: "worker" | "off";
  readonly python?: string;
  readonly concurrentSteps: number;
  readonly runRecovery: boolean;
}

/** `dagster-sigma serve`: serves a code location to a real Dagster until it is stopped. */
export function serveCommand(terminal: Terminal): Command {
  return addServedOptions(addLoadOptions(new Command("serve")))
    .description("Serve the assets to a real Dagster as a code location, over gRPC.")
    .option("--snapshot <file>", "serve this snapshot file instead of Sigma")
    .option("--host <address>", "address to listen on; there is no authentication", "127.0.0.1")
    .option("--port <number>", "port to listen on", parsePort, 4000)
    .option("--print-workspace", "print a workspace.yaml for Dagster with this location only, and exit")
    .option(
      "--add-to <file>",
      "add this location to Dagster's workspace.yaml, print the difference, and exit",
    )
    .option("--location-name <name>", "name of the location in workspace.yaml", "sigma")
    .option(
      "--dagster-version <version>",
      "version of the Dagster that loads the location; features that it lacks are omitted",
      "1.13",
    )
    .option("--keep-last-good", "when loading fails, keep serving the last good assets instead of the error")
    .option(
      "--refresh-every <time>",
      "interval between fetches of changes, for example 15m (default: never)",
      parseTime,
    )
    .option("--tls-cert <file>", "PEM file with the TLS certificate (default: no encryption)")
    .option("--tls-key <file>", "PEM file with the certificate's key")
    .option("--allow-shutdown", "let Dagster's web UI stop the server")
    .addOption(
      new Option(
        "--runs <how>",
        "worker: run executable assets, which requires Python and dagster-typescript; off: show them as external (default: worker if dagster-typescript is installed)",
      ).choices(["worker", "off"] as const),
    )
    .option("--python <path>", "Python interpreter for --runs worker (default: python3, else python)")
    .option(
      "--concurrent-steps <number>",
      "maximum number of steps of a run that run at the same time, each in processes of its own; 1: one after the other in one process",
      countOption,
      1,
    )
    .option(
      "--no-run-recovery",
      "do not store the reference to Dagster's storage in a file; runs that are lost with a killed server are then reported when another run starts",
    )
    .action(async (_options: ServeOptions, command: Command) => {
      const options = command.optsWithGlobals<ServeOptions>();
      refuseWithFile(options);
      refuseHalfOfTls(options);
      if (options.printWorkspace === true)
        terminal.out((await workspace()).formatWorkspace(entryOf(options)));
      else if (options.addTo !== undefined) await addTo(terminal, options, options.addTo);
      else await serve(terminal, options);
    });
}

/** Loaded on demand, because only these options need YAML. */
function workspace(): Promise<typeof import("../workspace/merge-workspace.ts")> {
  return import("../workspace/merge-workspace.ts");
}

function entryOf({ host, port, locationName, tlsCert }: ServeOptions): WorkspaceEntry {
  return { host, port, locationName, hasTls: tlsCert !== undefined };
}

async function addTo(terminal: Terminal, options: ServeOptions, file: string): Promise<void> {
  const { addToWorkspace } = await import("../workspace/add-to-workspace.ts");
  const { isChanged, difference } = addToWorkspace(file, entryOf(options));
  if (options.json === true) terminal.out(formatJson({ file, isChanged }));
  else terminal.out(isChanged ? `${file}:\n${difference}` : `${file} already contains this location.\n`);
}

/** One TLS option without the other must not silently disable encryption. @throws CommandError `WRONG_USE` */
function refuseHalfOfTls({ tlsCert, tlsKey }: ServeOptions): void {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return;
  throw new CommandError(
    "WRONG_USE",
    `${tlsCert === undefined ? "--tls-key" : "--tls-cert"} alone does not enable TLS.`,
    "Pass both --tls-cert and --tls-key.",
  );
}

async function serve(terminal: Terminal, options: ServeOptions): Promise<void> {
  // Silences gRPC's log, because a port in use is reported below; a user who sets the variable still gets it.
  process.env["GRPC_NODE_VERBOSITY"] ??= process.env["GRPC_VERBOSITY"] ?? "NONE";
  const { codeLocationOutlet, hostFeatures, startCodeLocation } = await import(
    "@dagster-sigma/code-location"
  );
  const { createServedSource, watchServedSource } = await import("../definitions/served-source.ts");
  const { LoadedText } = await import("../terminal/loaded-text.ts");
  const keepLastGood = options.keepLastGood === true;
  const { worker, runs, whyNoRuns } = await createWorker(options, (notice) => terminal.err(`${notice}\n`));
  const loadedText = new LoadedText(terminal, keepLastGood, whyNoRuns);
  const source = createServedSource(
    terminal,
    options,
    codeLocationOutlet(hostFeatures(options.dagsterVersion), runs ?? undefined),
    {
      onLoaded: (result: LoadResult<EncodedRepository>) => {
        terminal.err(loadedText.format(result));
        worker?.use(source.current().content?.runs ?? null);
      },
    },
  );
  const { tlsCert, tlsKey } = options;
  const location = await startCodeLocation({
    source,
    keepLastGood,
    host: options.host,
    port: options.port,
    allowShutdown: options.allowShutdown === true,
    ...(worker === null ? {} : { worker }),
    ...(tlsCert === undefined || tlsKey === undefined ? {} : { tls: { certFile: tlsCert, keyFile: tlsKey } }),
    onCallFailed: (method, thrown) => terminal.err(`${method} failed: ${printableLines(String(thrown))}\n`),
  });
  const { host, port } = location;
  terminal.out(
    options.json === true
      ? formatJson({
          host,
          port,
          url: `${tlsCert === undefined ? "grpc" : "grpcs"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
        })
      : `A code location for Dagster at ${host}:${port}; --add-to workspace.yaml adds it to a workspace file.\n`,
  );
  if (!isLoopback(host))
    terminal.err(
      `Anyone who can reach ${host}:${port} can read these assets${worker === null ? "" : " and start runs"}: use it only in a private network.\n`,
    );
  const reload = (): void => void source.reload();
  process.on("SIGHUP", reload);
  const { refreshEvery } = options;
  const timer =
    refreshEvery === undefined ? undefined : setInterval(() => void source.refresh?.(), refreshEvery);
  const stopWatching = watchServedSource(source, options);
  reload();
  await Promise.race([location.stopped, untilStopped()]);
  process.off("SIGHUP", reload);
  clearInterval(timer);
  stopWatching();
  await location.close();
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** `90s`, `15m`, `2h` in ms. @throws InvalidArgumentError for anything else */
function parseTime(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError("It must be a duration such as 90s, 15m or 2h.");
  return ms;
}
