/** Where a command stands in the help of the program, and how it is used. */
export interface CommandHelp {
  readonly group: string;
  /** Command lines without `dagster-sigma`, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
}

const look = "Answer questions:";
const fetch = "Fetch and store:";
const serve = "Show and serve:";
const other = "Set up and test:";
const internal = "Started by other programs:";

/** By the name of the command. `docs/reference/cli.md` and the tests check that each command has an entry. */
export const commandHelp: Readonly<Record<string, CommandHelp>> = {
  assets: {
    group: look,
    examples: [
      ["assets", "the graph of the organization in the environment"],
      ["assets -f definitions.ts -o csv", "the assets of a definitions file, for a spreadsheet"],
      [`assets --select 'kind:workbook and owner:"dana@example.com"'`, "the workbooks of an owner"],
    ],
  },
  show: {
    group: look,
    examples: [
      ['show "Revenue Overview"', "a workbook by its name, with what it reads"],
      ["show analytics.sales.orders --why", "a table, with how each dependency is known"],
      ["show https://app.sigmacomputing.com/acme/workbook/…", "a document by its address in Sigma"],
    ],
  },
  impact: {
    group: look,
    examples: [
      ["impact analytics.sales.orders", "what a change of the table breaks, by owner"],
      ["impact orders.net_amount orders.status", "the same of two columns"],
      ["impact orders.net_amount --fail-on workbooks", "for CI: exit code 3 if a workbook is affected"],
      ["impact --from old/manifest.json --to target/manifest.json", "what a change of dbt models breaks"],
    ],
  },
  check: {
    group: look,
    examples: [
      ["check", "everything that a load could not read, and what to do"],
      ["check --strict --select 'folder:\"Finance\"'", "exit code 3 if there is a problem in a folder"],
    ],
  },
  diff: {
    group: look,
    examples: [
      ["diff monday.snapshot today.snapshot", "what changed, and what that breaks"],
      ["diff old.snapshot new.snapshot --exit-code", "exit code 3 if anything changed"],
    ],
  },
  refresh: { group: fetch, examples: [["refresh --diff", "fetch changes, and print what they are"]] },
  snapshot: {
    group: fetch,
    examples: [["snapshot -o sigma.snapshot", "a file from which all commands load without the network"]],
  },
  materialize: {
    group: fetch,
    examples: [
      ['materialize "Revenue Overview"', "materialize the scheduled elements of a workbook, and wait"],
      ["materialize --select 'tag:\"nightly\"' --dry-run", "what would be started"],
    ],
  },
  dev: {
    group: serve,
    examples: [
      ["dev", "the graph as a web page"],
      ["dev -f definitions.ts --dagster http://127.0.0.1:3000", "with what a running Dagster knows"],
    ],
  },
  serve: {
    group: serve,
    examples: [
      ["serve -f definitions.ts --add-to workspace.yaml", "add the location to Dagster's workspace"],
    ],
  },
  export: {
    group: serve,
    examples: [
      ["export mermaid --select '+key:\"Revenue_Overview\"'", "what feeds a workbook, for Markdown"],
      ["export dbt-exposures --dbt-manifest target/manifest.json -o models/sigma.yml", "for dbt's docs"],
      ["export dagster-python -f definitions.ts -o definitions.json", "for a Python code location"],
    ],
  },
  init: {
    group: other,
    examples: [
      ["init", "ask, then write definitions.ts and what belongs to it"],
      ["init --yes", "the same without questions"],
    ],
  },
  doctor: {
    group: other,
    examples: [
      ["doctor --sign-in", "check the credentials"],
      ["doctor --find-region", "find the base URL that belongs to the credentials"],
      ["doctor --record answers.ndjson", "anonymized answers of Sigma, for a bug report"],
    ],
  },
  sql: { group: other, examples: [["sql --dialect snowflake < query.sql", "the tables that a query reads"]] },
  scaffold: {
    group: other,
    examples: [
      ["scaffold component", "defs/sigma/defs.yaml, to load with -f defs"],
      [
        "scaffold component src/shop/defs/sigma/defs.yaml --type dagster_typescript.SigmaComponent",
        "the same for a Python project of dg",
      ],
    ],
  },
  sandbox: { group: other, examples: [["sandbox --workbooks 500 --seed 7", "a generated organization"]] },
  demo: { group: other, examples: [["demo --port 4110", "the sample organization as a web page"]] },
  completion: {
    group: other,
    examples: [["completion bash >> ~/.bashrc", "complete commands and options in the shell"]],
  },
  "run-steps": { group: internal, examples: [] },
  "run-sensor": { group: internal, examples: [] },
};

/** The examples as they stand below the help of a command. */
export function formatExamples({ examples }: CommandHelp): string {
  if (examples.length === 0) return "";
  const lines = examples.map(([line, what]) => `  # ${what}\n  dagster-sigma ${line}\n`);
  return `\nExamples:\n${lines.join("")}`;
}
