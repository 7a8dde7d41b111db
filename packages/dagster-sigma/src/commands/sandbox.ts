import { errorText } from "@dagster-sigma/foundation";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import { Command, InvalidArgumentError } from "commander";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { GlobalOptions } from "./global-options.ts";

interface SandboxOptions extends GlobalOptions {
  readonly port?: number;
}

/** `dagster-sigma sandbox`: a Sigma organization on this machine, until it is stopped. */
export function sandboxCommand(terminal: Terminal): Command {
  return new Command("sandbox")
    .description("Run a Sigma organization with sample data on this machine, to try things on.")
    .option("--port <number>", "where to listen; a free port when left out", parsePort)
    .action(async (_options: SandboxOptions, command: Command) => {
      const options = command.optsWithGlobals<SandboxOptions>();
      const sandbox = await start(options.port);
      const { baseUrl, clientId, clientSecret } = sandbox;
      terminal.out(
        options.json === true
          ? `${JSON.stringify({ baseUrl, clientId, clientSecret })}\n`
          : formatWelcome(sandbox, terminal),
      );
      await untilStopped();
      await sandbox.close();
    });
}

async function start(port: number | undefined): Promise<Sandbox> {
  const { buildSampleCompany, startSandbox } = await import("@dagster-sigma/sigma-sandbox");
  const organization = buildSampleCompany();
  try {
    // The same credentials each time, so that a .env made for it stays good.
    const credentials = { clientId: "sandbox-client", clientSecret: "sandbox-secret" };
    return await startSandbox({ organization, ...credentials, ...(port === undefined ? {} : { port }) });
  } catch (cause) {
    const message = `Cannot listen on port ${port} (${errorText(cause)}).`;
    throw new CommandError("PORT_TAKEN", message, "Choose another with --port.", cause);
  }
}

function formatWelcome(sandbox: Sandbox, { colors }: Terminal): string {
  const { baseUrl, clientId, clientSecret, organization } = sandbox;
  const { bold, dim } = colors;
  return [
    `${bold(`${organization.name}, a Sigma organization with sample data, is running at ${baseUrl}`)}\n\n`,
    "In another terminal:\n\n",
    `  export SIGMA_BASE_URL=${baseUrl}\n`,
    `  export SIGMA_CLIENT_ID=${clientId}\n`,
    `  export SIGMA_CLIENT_SECRET=${clientSecret}\n\n`,
    "  npx dagster-sigma assets\n",
    '  npx dagster-sigma show "Revenue Overview"\n\n',
    dim("Ctrl-C stops it.\n"),
  ].join("");
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number up to 65535.");
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
