import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { runProcess } from "../python/run-process.ts";

interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly if?: string;
      readonly shell: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

/** What a run of an action did. */
export interface ActionResult {
  readonly isSuccess: boolean;
  /** What the steps printed on stdout, which a runner searches for workflow commands. */
  readonly out: string;
  readonly err: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** How an action is run. */
export interface ActionRun {
  /** Folder of `action.yml`. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Variables of the job. */
  readonly env: Readonly<Record<string, string>>;
  /** Working folder: the repository. */
  readonly workspace: string;
  readonly github: Readonly<Record<"token" | "event_name" | "api_url" | "repository", string>>;
  readonly event: object;
}

/** Runs the steps of a composite action in bash, as a runner of GitHub Actions does: in order, until one fails. */
export async function runCompositeAction(run: ActionRun): Promise<ActionResult> {
  const action = parse(readFileSync(join(run.action, "action.yml"), "utf8")) as CompositeAction;
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-runner-"));
  const eventFile = join(folder, "event.json");
  writeFileSync(eventFile, JSON.stringify(run.event));
  const values = new Map(Object.entries(run.github).map(([name, value]) => [`github.${name}`, value]));
  for (const [name, { default: standard, required }] of Object.entries(action.inputs)) {
    const value = run.inputs[name] ?? standard;
    if (value === undefined && required === true) throw new Error(`The input ${name} is missing.`);
    values.set(`inputs.${name}`, evaluate(value ?? "", values));
  }
  const summaryFile = join(folder, "summary.md");
  writeFileSync(summaryFile, "");
  const done = { isSuccess: true, out: "", err: "" };
  for (const [at, step] of action.runs.steps.entries()) {
    if (step.if !== undefined && evaluate(step.if, values) !== "true") continue;
    const outputFile = join(folder, `output-${at}`);
    const script = join(folder, `script-${at}.sh`);
    writeFileSync(outputFile, "");
    writeFileSync(script, evaluate(step.run, values));
    const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text, values)]);
    const { code, out, err } = await runProcess(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", script],
      {
        cwd: run.workspace,
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: process.env["HOME"] ?? "",
          ...run.env,
          GITHUB_ACTION_PATH: run.action,
          GITHUB_API_URL: run.github.api_url,
          GITHUB_EVENT_PATH: eventFile,
          GITHUB_OUTPUT: outputFile,
          GITHUB_REPOSITORY: run.github.repository,
          GITHUB_STEP_SUMMARY: summaryFile,
          RUNNER_TEMP: folder,
          ...Object.fromEntries(own),
        },
      },
    );
    done.out += out;
    done.err += err;
    for (const line of readFileSync(outputFile, "utf8").split("\n")) {
      const end = line.indexOf("=");
      if (end > 0) values.set(`steps.${step.id ?? ""}.outputs.${line.slice(0, end)}`, line.slice(end + 1));
    }
    if (code !== 0) {
      done.isSuccess = false;
      break;
    }
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value, values)]);
  return { ...done, summary: readFileSync(summaryFile, "utf8"), outputs: Object.fromEntries(outputs) };
}

/** Replaces `${{ … }}`: names, and comparisons of a name with a text, joined by `&&`. */
function evaluate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, expression: string) => {
    if (!expression.includes("==")) return inputOf(expression, values);
    return String(
      expression.split("&&").every((part) => {
        const [name = "", wanted = ""] = part.split("==").map((side) => side.trim());
        return `'${inputOf(name, values)}'` === wanted;
      }),
    );
  });
}

/** An unknown name is empty, as in GitHub Actions. */
function inputOf(name: string, values: ReadonlyMap<string, string>): string {
  if (!/^(inputs|github|steps)\.[\w.-]+$/.test(name)) throw new Error(`${name} cannot be evaluated.`);
  return values.get(name) ?? "";
}
