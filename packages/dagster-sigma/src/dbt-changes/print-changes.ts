import type { Definitions } from "@dagster-sigma/asset-graph";
import { impactCsv, indexDefinitions, mergeImpacts } from "@dagster-sigma/asset-graph/impact";
import { readDbtRelations } from "@dagster-sigma/sigma-assets";
import { type findingFormats, findingWriters } from "../findings/format-findings.ts";
import type { ChangedFiles } from "../impact/changed-files.ts";
import { exitCodeOf, type FailOn } from "../impact/exit-code-of.ts";
import { formatJson } from "../json/json-output.ts";
import { csvLines } from "../terminal/csv-lines.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changeFindings } from "./change-findings.ts";
import { changesJson } from "./changes-json.ts";
import { changesMarkdown } from "./changes-markdown.ts";
import { formatChanges } from "./changes-text.ts";
import { type DbtVersions, dbtChanges, uncompiledModels } from "./dbt-changes.ts";
import { changeMeanings } from "./describe-change.ts";
import { TablesOfGraph } from "./impact-of-changes.ts";

/** Two manifests or catalogs, with the files that they were read from. */
export interface ReadVersions extends DbtVersions {
  readonly files: ChangedFiles;
}

/** @throws ConfigurationError `DBT_MANIFEST_UNREADABLE` */
export async function readVersions(files: ChangedFiles): Promise<ReadVersions> {
  const [from, to] = await Promise.all([readDbtRelations(files.from), readDbtRelations(files.to)]);
  return { files, from, to };
}

interface PrintChangesOptions {
  readonly json?: boolean;
  readonly output: "text" | "markdown" | "csv" | "json" | (typeof findingFormats)[number];
  readonly by: "owner" | "folder" | "nothing";
  readonly failOn?: FailOn;
  readonly projectDir: string;
}

/**
 * Prints what the changes between two dbt files affect.
 *
 * @returns the exit code
 */
export async function printChanges(
  terminal: Terminal,
  definitions: Definitions,
  { files, from, to }: ReadVersions,
  options: PrintChangesOptions,
): Promise<number> {
  const index = indexDefinitions(definitions.assetGraph);
  const tables = new TablesOfGraph(definitions.assetGraph, index);
  const found = await dbtChanges({ from, to }, (relation) => tables.columnsOf(relation));
  const changes = found.map((change) => tables.impactOf(change));
  const all = mergeImpacts(
    index.graph,
    changes.map(({ impact }) => impact),
  );
  const text = {
    text: () => formatChanges(index, changes, { by: options.by, terminal }),
    markdown: () => changesMarkdown(index, changes),
    csv: () => csvLines(impactCsv(index.graph, all)),
    json: () => formatJson(changesJson(index, changes)),
    ...findingWriters(
      () => changeFindings(index, changes, options.projectDir),
      (rule) => changeMeanings[rule] ?? rule,
    ),
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
