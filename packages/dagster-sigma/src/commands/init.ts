import { join, resolve } from "node:path";
import { EnvVar, resolveEnvVar } from "@dagster-sigma/asset-graph";
import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import { Command } from "commander";
import { loadDotEnv } from "../environment/dot-env.ts";
import type { InitAnswers } from "../init/init-files.ts";
import type { WrittenFile } from "../init/write-project.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { version } from "../version.ts";

interface InitOptions extends GlobalOptions {
  readonly yes?: boolean;
  readonly baseUrl?: string;
  readonly folder?: readonly string[];
  readonly dbtManifest?: string;
  readonly workspace: boolean;
  readonly check: boolean;
}

/** Result of checking the credentials. */
interface Checked {
  /** Null if they were not checked, or not accepted. */
  readonly baseUrl: string | null;
  /** Why they were not accepted, as text for the user; null if they were. */
  readonly problem: string | null;
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/** `dagster-sigma init`: writes a project with definitions, after checking the credentials. */
export function initCommand(terminal: Terminal): Command {
  return new Command("init")
    .description(
      "Write definitions.ts and what belongs to it; check the credentials, and show the first graph.",
    )
    .argument("[folder]", "folder of the project", ".")
    .option("-y, --yes", "do not ask; take the defaults and the other options")
    .option(
      "--base-url <url>",
      "base URL of Sigma's API (default: SIGMA_BASE_URL, else found by the credentials)",
    )
    .option("--folder <A/B>", "load only workbooks in this folder (repeatable)", collect)
    .option("--dbt-manifest <file>", "match tables with the models of dbt, from target/manifest.json")
    .option("--no-workspace", "do not write workspace.yaml for Dagster")
    .option("--no-check", "do not contact Sigma")
    .action(async (folder: string, _options: InitOptions, command: Command) => {
      const options = command.optsWithGlobals<InitOptions>();
      const given = await answersOf(terminal, options);
      const { writeProject } = await import("../init/write-project.ts");
      const checked = options.check
        ? await checkCredentials(given.baseUrl)
        : { baseUrl: null, problem: null };
      const answers: InitAnswers = { ...given, baseUrl: given.baseUrl ?? checked.baseUrl };
      const files = await writeProject(resolve(folder), answers, version);
      terminal.out(
        options.json === true
          ? formatJson({ files, baseUrl: answers.baseUrl, problem: checked.problem })
          : formatProject(terminal, folder, files, { ...checked, isChecked: options.check }),
      );
      if (checked.problem === null && options.check && options.json !== true)
        await showGraph(terminal, resolve(folder), answers);
    });
}

async function answersOf(terminal: Terminal, options: InitOptions): Promise<InitAnswers> {
  loadDotEnv(process.cwd());
  const known: InitAnswers = {
    baseUrl: options.baseUrl ?? (process.env["SIGMA_BASE_URL"] || null),
    folders: options.folder ?? [],
    dbtManifest: options.dbtManifest ?? null,
    hasWorkspace: options.workspace,
  };
  // With any flag, the command line says what is wanted.
  const isSaid = [options.baseUrl, options.folder, options.dbtManifest].some((flag) => flag !== undefined);
  const isAsking = options.yes !== true && !isSaid && options.json !== true && terminal.input.isTTY === true;
  if (!isAsking) return known;
  const { askAnswers } = await import("../init/ask-answers.ts");
  return await askAnswers(terminal, known);
}

/** Missing credentials do not keep the project from being written. */
async function checkCredentials(baseUrl: string | null): Promise<Checked> {
  try {
    for (const name of ["SIGMA_CLIENT_ID", "SIGMA_CLIENT_SECRET"]) resolveEnvVar(EnvVar(name));
    const { findRegion } = await import("../definitions/find-region.ts");
    const found = await findRegion(baseUrl === null ? null : [baseUrl]);
    return { baseUrl: found.baseUrl, problem: null };
  } catch (thrown) {
    const hint = DagsterSigmaError.isInstance(thrown) ? (thrown.hint ?? "") : "";
    return { baseUrl: null, problem: `${errorText(thrown)} ${hint}`.trim() };
  }
}

function formatProject(
  { colors }: Terminal,
  folder: string,
  files: readonly WrittenFile[],
  checked: Checked & { readonly isChecked: boolean },
): string {
  const signs = { written: colors.green("+"), changed: colors.yellow("~"), kept: " " };
  const lines = files.map(
    ({ file, outcome }) =>
      `  ${signs[outcome]} ${file}${outcome === "kept" ? colors.dim(" (kept as it is)") : ""}\n`,
  );
  const enter = folder === "." ? "" : `  cd ${folder}\n`;
  const next = [
    ...(checked.problem === null && checked.isChecked
      ? []
      : ["  cp .env.example .env    # and fill in the credentials\n"]),
    "  npm install\n",
    "  npx dagster-sigma dev -f definitions.ts\n",
  ];
  return [
    `${colors.bold(`A project in ${folder === "." ? "this folder" : folder}`)}\n`,
    ...lines,
    ...(checked.problem === null ? [] : [`\nThe credentials could not be checked: ${checked.problem}\n`]),
    `\n${colors.bold("Next")}\n${enter}${next.join("")}\n`,
  ].join("");
}

/** The first graph, loaded as the definitions will load it. */
async function showGraph(terminal: Terminal, folder: string, answers: InitAnswers): Promise<void> {
  if (answers.baseUrl !== null) process.env["SIGMA_BASE_URL"] = answers.baseUrl;
  const { loadDefinitions } = await import("../definitions/load-definitions.ts");
  const { formatFlow } = await import("../terminal/graph-text.ts");
  const definitions = await loadDefinitions(terminal, {
    file: join(folder, "definitions.ts"),
    columns: true,
    lineage: true,
  });
  terminal.out(`${terminal.colors.bold("Your graph")}\n  ${formatFlow(definitions.assetGraph)}\n`);
}
