import { existsSync, readFileSync } from "node:fs";
import { buildAssetsJson, type Definitions } from "@dagster-sigma/asset-graph";
import { Command } from "commander";
import { selector } from "../choose/selector.ts";
import { loadDefinitions } from "../definitions/load-definitions.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import { addLoadOptions, addRefreshOption, type LoadOptions } from "../options/load-options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { version } from "../version.ts";
import { writeText } from "./write-text.ts";

interface GraphExportOptions extends LoadOptions, GlobalOptions {
  readonly out?: string;
  readonly select?: string;
  readonly snapshot?: string;
  readonly nodes?: boolean;
  readonly namespace: string;
  readonly tableNamespace?: string;
}

type Selected = ReadonlySet<string> | null;

/** What is exported, and notes for the user. */
interface Exported {
  readonly text: string;
  readonly notes?: readonly string[];
}

interface Format {
  readonly name: string;
  readonly description: string;
  readonly addOptions?: (command: Command) => Command;
  readonly format: (
    definitions: Definitions,
    selected: Selected,
    options: GraphExportOptions,
  ) => Promise<Exported> | Exported;
}

const formats: readonly Format[] = [
  {
    name: "json",
    description: "Write the assets as JSON, as `assets --json` does, with stubs.",
    format: (definitions, selected) => ({
      text: formatJson(buildAssetsJson(definitions, { stubs: true, selected })),
    }),
  },
  {
    name: "mermaid",
    description: "Write the graph as a Mermaid flowchart, for Markdown.",
    format: async (definitions, selected) => {
      const { formatMermaid } = await import("./mermaid.ts");
      return { text: formatMermaid(await graphOf(definitions, selected)) };
    },
  },
  {
    name: "dot",
    description: "Write the graph for Graphviz.",
    format: async (definitions, selected) => {
      const { formatDot } = await import("./dot.ts");
      return { text: formatDot(await graphOf(definitions, selected)) };
    },
  },
  {
    name: "csv",
    description: "Write the dependencies as CSV, or with --nodes the assets.",
    addOptions: (command) => command.option("--nodes", "a row per asset instead of a row per dependency"),
    format: async (definitions, selected, { nodes }) => {
      const { formatEdgesCsv, formatNodesCsv } = await import("./edges-csv.ts");
      const graph = await graphOf(definitions, selected);
      return { text: nodes === true ? formatNodesCsv(graph) : formatEdgesCsv(graph) };
    },
  },
  {
    name: "openlineage",
    description: "Write an OpenLineage event per document, a line each, with columns and their lineage.",
    addOptions: (command) =>
      command
        .option("--namespace <uri>", "namespace of Sigma's documents", "sigma://default")
        .option(
          "--table-namespace <uri>",
          "namespace of warehouse tables, for example snowflake://org-account (default: <storage kind>://<connection>)",
        ),
    format: async (definitions, selected, options) => {
      const { openLineageEvents } = await import("./openlineage.ts");
      const fetched = definitions.loadReports.map(({ fetchedAt }) => fetchedAt).sort()[0];
      const events = openLineageEvents(definitions, selected, {
        namespace: options.namespace,
        tableNamespace: options.tableNamespace ?? null,
        producer: `https://www.npmjs.com/package/dagster-sigma/v/${version}`,
        eventTime: fetched ?? new Date().toISOString(),
      });
      return { text: events.map((event) => `${JSON.stringify(event)}\n`).join("") };
    },
  },
  {
    name: "dbt-exposures",
    description: "Write an exposure per document for dbt, with the models that it reads.",
    format: async (definitions, selected, options) => await exposures(definitions, selected, options),
  },
];

/** `dagster-sigma export json|mermaid|dot|csv|openlineage|dbt-exposures`. */
export function graphExportCommands(terminal: Terminal): readonly Command[] {
  return formats.map(({ name, description, addOptions = (same) => same, format }) =>
    addOptions(
      addRefreshOption(addLoadOptions(new Command(name)))
        .description(description)
        .option("-o, --out <file>", "file to write (default: stdout)")
        .option("--snapshot <file>", "load from this snapshot file instead of Sigma")
        .option("--select <selection>", "only selected assets, in Dagster's selection syntax (default: all)"),
    ).action(async (_options: GraphExportOptions, command: Command) => {
      const options = command.optsWithGlobals<GraphExportOptions>();
      const select = options.select === undefined ? null : selector(options.select);
      // Exposures need the manifest also where a definitions file matches the tables.
      const { dbtManifest: _, ...withoutManifest } = options;
      const loaded = options.file === undefined ? options : withoutManifest;
      const definitions = await loadDefinitions(terminal, loaded);
      const { text, notes = [] } = await format(
        definitions,
        select?.(definitions, terminal) ?? null,
        options,
      );
      if (options.out === undefined) terminal.out(text);
      else writeText(options.out, text);
      for (const note of notes) terminal.err(`${note}\n`);
    }),
  );
}

async function graphOf(
  definitions: Definitions,
  selected: Selected,
): Promise<import("./graph-edges.ts").ExportedGraph> {
  const { exportedGraph } = await import("./graph-edges.ts");
  return exportedGraph(definitions, selected);
}

/** An existing file is merged: exposures that a person wrote stay. */
async function exposures(
  definitions: Definitions,
  selected: Selected,
  { dbtManifest, out }: GraphExportOptions,
): Promise<Exported> {
  const { dbtExposures } = await import("./dbt-exposures.ts");
  const { mergeExposures } = await import("./merge-exposures.ts");
  const referenceOf = dbtManifest === undefined ? null : await referencesIn(dbtManifest);
  const { exposures: found, leftOut } = dbtExposures(definitions, selected, referenceOf);
  const before = out !== undefined && existsSync(out) ? readFileSync(out, "utf8") : null;
  const notes = [
    `${found.length} exposures.`,
    ...(referenceOf === null
      ? ["Without --dbt-manifest it is not known which models they read: depends_on is empty."]
      : leftOut > 0
        ? [`${leftOut} documents read no table of dbt, and were left out.`]
        : []),
  ];
  return { text: mergeExposures(out ?? "exposures", before, found), notes };
}

async function referencesIn(manifest: string): Promise<import("./dbt-exposures.ts").DbtReference> {
  const { readDbtTables } = await import("@dagster-sigma/sigma-assets");
  const { dbtReferences } = await import("./dbt-references.ts");
  return dbtReferences(await readDbtTables(manifest));
}
