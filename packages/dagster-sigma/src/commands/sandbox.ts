import { errorText } from "@dagster-sigma/foundation";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { Command, InvalidArgumentError } from "commander";
import { CommandError } from "../errors.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** `dagster-sigma sandbox`: a Sigma organization on this machine, until it is stopped. */
export function sandboxCommand(terminal: Terminal): Command {
  return new Command("sandbox")
    .description("Run a Sigma organization with sample data on this machine, to try things on.")
    .option("--port <number>", "where to listen; a free port when left out", parsePort)
    .action(async (options: { readonly port?: number }) => {
      const sandbox = await start(options.port);
      terminal.out(formatWelcome(sandbox, terminal));
      await untilStopped();
      await sandbox.close();
    });
}

async function start(port: number | undefined): Promise<Sandbox> {
  const organization = buildSampleCompany();
  try {
    // The same credentials each time, so that a .env made for it stays good.
    const credentials = { clientId: "sandbox-client", clientSecret: "sandbox-secret" };
    return await startSandbox({ organization, ...credentials, ...(port === undefined ? {} : { port }) });
  } catch (cause) {
    throw new CommandError(
      "PORT_TAKEN",
      `Cannot listen on port ${port} (${errorText(cause)}).`,
      "Choose another with --port.",
      cause,
    );
  }
}

function formatWelcome(
  { baseUrl, clientId, clientSecret, organization }: Sandbox,
  { colors }: Terminal,
): string {
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
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("A port is a number up to 65535.");
  return port;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
