import { errorText } from "@dagster-sigma/foundation";
import type { GenerateOptions, Organization, Profile, Sandbox } from "@dagster-sigma/sigma-sandbox";
import { Command, InvalidArgumentError, Option } from "commander";
import { CommandError } from "../errors.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { parsePort } from "../options/port-option.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { untilStopped } from "../terminal/until-stopped.ts";

interface SandboxOptions extends GlobalOptions {
  readonly port?: number;
  readonly workbooks?: number;
  readonly seed?: string;
  readonly profile?: Profile;
  readonly truth?: string;
  readonly replay?: string;
}

/** `dagster-sigma sandbox`: runs a simulated Sigma organization on this machine until it is stopped. */
export function sandboxCommand(terminal: Terminal): Command {
  return new Command("sandbox")
    .description("Run a simulated Sigma organization on this machine, with sample or generated data.")
    .option("--port <number>", "port to listen on (default: a free port)", parsePort)
    .option(
      "--workbooks <number>",
      "generate an organization with this number of workbooks (default: the sample organization)",
      parseCount,
    )
    .option("--seed <text>", "with --workbooks: seed of the generated organization (default: 1)")
    .addOption(
      new Option(
        "--profile <name>",
        "with --workbooks: profile of the generated organization (default: full)",
      ).choices(["full", "legacy"]),
    )
    .option("--truth <file>", "write the expected lineage of its objects and columns to this file, as NDJSON")
    .option("--replay <file>", "serve a recording of `doctor --record` instead of sample data")
    .action(async (_options: SandboxOptions, command: Command) => {
      const options = command.optsWithGlobals<SandboxOptions>();
      if (options.replay !== undefined) {
        await replay(terminal, options, options.replay);
        return;
      }
      const organization = await organizationOf(options);
      if (options.truth !== undefined) await saveTruth(organization, options.truth);
      const sandbox = await start(organization, options.port);
      const { baseUrl, clientId, clientSecret } = sandbox;
      terminal.out(
        options.json === true
          ? formatJson({ baseUrl, clientId, clientSecret })
          : formatWelcome(sandbox, terminal),
      );
      await untilStopped();
      await sandbox.close();
    });
}

async function replay(terminal: Terminal, options: SandboxOptions, file: string): Promise<void> {
  const { replayRecording } = await import("@dagster-sigma/sigma-sandbox");
  const port = options.port === undefined ? {} : { port: options.port };
  const served = await replayRecording(file, port).catch((cause: unknown) => {
    const message = `The recording ${file} cannot be served (${errorText(cause)}).`;
    throw new CommandError("RECORDING_UNREADABLE", message, "Use a file written by doctor --record.", cause);
  });
  const { baseUrl, clientId, clientSecret, answers } = served;
  terminal.out(
    options.json === true
      ? formatJson({ baseUrl, clientId, clientSecret })
      : formatStart(`${answers} recorded answers are served at ${baseUrl}`, served, terminal),
  );
  await untilStopped();
  await served.close();
}

async function organizationOf({ workbooks, seed, profile }: SandboxOptions): Promise<Organization> {
  const { buildSampleCompany, generateOrganization } = await import("@dagster-sigma/sigma-sandbox");
  if (workbooks === undefined) {
    if (seed === undefined && profile === undefined) return buildSampleCompany();
    const hint = "Add --workbooks, or omit --seed and --profile.";
    throw new CommandError("WRONG_USE", "The sample organization has no seed and no profile.", hint);
  }
  const options: GenerateOptions = {
    workbooks,
    ...(seed === undefined ? {} : { seed }),
    ...(profile === undefined ? {} : { profile }),
  };
  return generateOrganization(options);
}

async function saveTruth(organization: Organization, file: string): Promise<void> {
  const { writeTruth } = await import("@dagster-sigma/sigma-sandbox");
  try {
    await writeTruth(organization, file);
  } catch (cause) {
    const message = `Cannot write ${file} (${errorText(cause)}).`;
    throw new CommandError("FILE_NOT_WRITTEN", message, "Choose a file that can be written.", cause);
  }
}

async function start(organization: Organization, port: number | undefined): Promise<Sandbox> {
  const { startSandbox } = await import("@dagster-sigma/sigma-sandbox");
  try {
    // Constant, so that a .env file for the sandbox stays valid.
    const credentials = { clientId: "sandbox-client", clientSecret: "sandbox-secret" };
    return await startSandbox({ organization, ...credentials, ...(port === undefined ? {} : { port }) });
  } catch (cause) {
    const message = `Cannot listen on port ${port} (${errorText(cause)}).`;
    throw new CommandError("PORT_TAKEN", message, "Choose another port with --port.", cause);
  }
}

function formatWelcome(sandbox: Sandbox, terminal: Terminal): string {
  const { baseUrl, organization } = sandbox;
  const title = `${organization.name}, a simulated Sigma organization, is running at ${baseUrl}`;
  const show = `  npx dagster-sigma show "${organization.workbooks[0]?.name ?? ""}"\n`;
  return formatStart(title, sandbox, terminal, show);
}

function formatStart(
  title: string,
  { baseUrl, clientId, clientSecret }: Pick<Sandbox, "baseUrl" | "clientId" | "clientSecret">,
  { colors }: Terminal,
  more = "",
): string {
  const { bold, dim } = colors;
  return [
    `${bold(title)}\n\n`,
    "In another terminal:\n\n",
    `  export SIGMA_BASE_URL=${baseUrl}\n`,
    `  export SIGMA_CLIENT_ID=${clientId}\n`,
    `  export SIGMA_CLIENT_SECRET=${clientSecret}\n\n`,
    `  npx dagster-sigma assets\n${more}\n`,
    dim("Ctrl-C stops it.\n"),
  ].join("");
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError("It must be an integer of 0 or more.");
}
