import type { Definitions } from "@dagster-sigma/asset-graph";
import { impactCsv, indexDefinitions, mergeImpacts } from "@dagster-sigma/asset-graph/impact";
import { readDbtRelations } from "@dagster-sigma/sigma-assets";
import { githubAnnotations } from "../findings/github-annotations.ts";
import { gitlabReport } from "../findings/gitlab-report.ts";
import { sarifLog } from "../findings/sarif-log.ts";
import { exitCodeOf, type FailOn } from "../impact/exit-code-of.ts";
import { formatJson } from "../json/json-output.ts";
import { csvLines } from "../terminal/csv-lines.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changeFindings } from "./change-findings.ts";
import { changesJson } from "./changes-json.ts";
import { changesMarkdown } from "./changes-markdown.ts";
import { formatChanges } from "./changes-text.ts";
import { dbtChanges, uncompiledModels } from "./dbt-changes.ts";
import { changeMeanings } from "./describe-change.ts";
import { TablesOfGraph } from "./impact-of-changes.ts";

/** Two manifests or catalogs of dbt. */
export interface ChangedFiles {
  readonly from: string;
  readonly to: string;
}

interface PrintChangesOptions {
  readonly json?: boolean;
  readonly output: "text" | "markdown" | "csv" | "json" | "github" | "gitlab" | "sarif";
  readonly by: "owner" | "folder" | "nothing";
  readonly failOn?: FailOn;
  readonly projectDir: string;
}

/**
 * Prints what the changes between two dbt files affect.
 *
 * @returns the exit code
 * @throws ConfigurationError `DBT_MANIFEST_UNREADABLE`
 */
export async function printChanges(
  terminal: Terminal,
  definitions: Definitions,
  files: ChangedFiles,
  options: PrintChangesOptions,
): Promise<number> {
  const [from, to] = await Promise.all([readDbtRelations(files.from), readDbtRelations(files.to)]);
  const index = indexDefinitions(definitions.assetGraph);
  const tables = new TablesOfGraph(definitions.assetGraph, index);
  const found = await dbtChanges({ from, to }, (relation) => tables.columnsOf(relation));
  const changes = found.map((change) => tables.impactOf(change));
  const all = mergeImpacts(
    index.graph,
    changes.map(({ impact }) => impact),
  );
  const findings = (): ReturnType<typeof changeFindings> =>
    changeFindings(index, changes, options.projectDir);
  const text = {
    text: () => formatChanges(index, changes, { by: options.by, terminal }),
    markdown: () => changesMarkdown(index, changes),
    csv: () => csvLines(impactCsv(index.graph, all)),
    json: () => formatJson(changesJson(index, changes)),
    github: () => githubAnnotations(findings()),
    gitlab: () => `${JSON.stringify(gitlabReport(findings()), null, 2)}\n`,
    sarif: () =>
      `${JSON.stringify(
        sarifLog(findings(), (rule) => changeMeanings[rule] ?? rule),
        null,
        2,
      )}\n`,
  }[options.json === true ? "json" : options.output];
  terminal.out(text());
  for (const [file, relations] of [
    [files.from, from],
    [files.to, to],
  ] as const) {
    const uncompiled = uncompiledModels(relations);
    if (uncompiled > 0)
      terminal.err(
        `${uncompiled} models in ${file} have no compiled SQL, so that only their declared columns are compared; \`dbt compile\` writes it.\n`,
      );
  }
  return exitCodeOf(index, all, options.failOn);
}
