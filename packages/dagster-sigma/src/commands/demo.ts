import { buildAssetsJson, Definitions } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";
import { Command } from "commander";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { parsePort } from "../options/port-option.ts";
import { checkPage } from "../page-host/check-page.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import { formatReport } from "../terminal/report-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DemoOptions extends GlobalOptions {
  readonly port: number;
}

interface DemoRun extends DemoOptions {
  /** Whether the page is served until the process is stopped. */
  readonly isServed: boolean;
}

/** `dagster-sigma demo`: run by `npm start`. */
export function demoCommand(terminal: Terminal): Command {
  return new Command("demo")
    .description("Load a sample organization over HTTP, print its asset graph, and serve it as a web page.")
    .option(
      "--port <number>",
      "port of the page; with this option, the page is served even without a terminal; 0 picks a free port",
      parsePort,
      0,
    )
    .action(async (_options: DemoOptions, command: Command) => {
      const options = command.optsWithGlobals<DemoOptions>();
      // With a chosen port, someone wants to open the page, with or without a terminal.
      const isServed = terminal.isInteractive || command.getOptionValueSource("port") === "cli";
      const { buildSampleCompany, startSandbox } = await import("@dagster-sigma/sigma-sandbox");
      const sandbox = await startSandbox({ organization: buildSampleCompany() });
      try {
        await demo(terminal, { ...options, isServed }, sandbox);
      } finally {
        await sandbox.close();
      }
    });
}

async function demo(terminal: Terminal, options: DemoRun, sandbox: Sandbox): Promise<void> {
  const definitions = await load(terminal, sandbox);
  if (options.json === true) {
    terminal.out(formatJson(buildAssetsJson(definitions)));
    return;
  }
  const { InProcessDefinitionsSource } = await import("@dagster-sigma/definitions-host");
  const { pageOutlet } = await import("@dagster-sigma/web-ui");
  const source = new InProcessDefinitionsSource({
    outlet: pageOutlet(),
    definitions,
    load: () => load(terminal, sandbox),
    isRefreshable: true,
  });
  const { organization, baseUrl } = sandbox;
  terminal.out(`${organization.name}, a sample Sigma organization, answers at ${baseUrl}\n\n`);
  if (!options.isServed) {
    await checkPage(source);
    terminal.out(`${formatReport(definitions, terminal)}${formatNextSteps(terminal)}`);
    return;
  }
  terminal.out(`${formatReport(definitions, terminal)}\n`);
  const { showPage } = await import("../page-host/show-page.ts");
  const { sampleEarlierGraphs } = await import("../page-host/sample-earlier-graphs.ts");
  const earlier = sampleEarlierGraphs((yesterday) => load(terminal, yesterday));
  await showPage(terminal, { ...options, host: "127.0.0.1" }, source, () => undefined, { earlier });
}

async function load(
  terminal: Terminal,
  { baseUrl, clientId, clientSecret }: Pick<Sandbox, "baseUrl" | "clientId" | "clientSecret">,
): Promise<Definitions> {
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  const progress = new ProgressLine(terminal);
  try {
    const assets = await loadSigmaAssetSpecs(sigma, {
      workbookColumns: true,
      customSql: true,
      onProgress: (state) => progress.update(state),
    });
    return new Definitions({ assets, resources: { sigma } });
  } finally {
    progress.clear();
  }
}

const nextSteps: readonly (readonly [command: string, what: string])[] = [
  ["npx dagster-sigma demo --port 4110", "the same graph as a web page"],
  ["npx dagster-sigma sandbox", "runs this organization, and prints how to query it"],
  [
    "npx dagster-sigma dev",
    "your organization: first set SIGMA_BASE_URL, SIGMA_CLIENT_ID and SIGMA_CLIENT_SECRET",
  ],
  ["npx dagster-sigma show KEY", "one asset with its upstream and downstream lineage"],
  ["npx dagster-sigma init", "a project with definitions in TypeScript"],
];

function formatNextSteps({ colors }: Terminal): string {
  const lines = nextSteps.map(([command, what]) => `  ${command.padEnd(30)} ${colors.dim(what)}\n`);
  return `\n${colors.bold("What to try next")}\n${lines.join("")}`;
}
