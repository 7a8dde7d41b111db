import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { startSandbox } from "@dagster-sigma/sigma-sandbox";
import { ReferenceLoader, type ReferenceOutcome, wholeOrganization } from "../dagster-sigma/load-case.ts";
import { type FaultCase, faultCases } from "./fault-cases.ts";
import { type JudgedLoad, judgeLoad, loadUnder } from "./judge-load.ts";

export interface MatrixRow {
  readonly fault: FaultCase;
  readonly ours: JudgedLoad;
  /** Result of the real dagster-sigma, as text; null if it did not run. */
  readonly theirs: string | null;
}

/** Time limit of the reference, in ms. */
const maxReferenceMs = 150_000;

/** Runs every fault with ours and with the real dagster-sigma. */
export async function runFaultMatrix(options: {
  readonly organization: Organization;
  readonly python: string | null;
  readonly onRow: (row: MatrixRow) => void;
}): Promise<readonly MatrixRow[]> {
  const { organization, python } = options;
  const whole = await loadUnder(organization, null);
  const reference = python === null ? null : new PatientReference(python);
  const theirWhole = await reference?.load(organization, null);
  const rows: MatrixRow[] = [];
  for (const fault of faultCases) {
    const ours = await judgeLoad(organization, fault, whole);
    const theirs =
      reference === null || theirWhole === undefined
        ? null
        : describe(theirWhole, await reference.load(organization, fault));
    const row = { fault, ours, theirs };
    rows.push(row);
    options.onRow(row);
  }
  await reference?.close();
  return rows;
}

/** The reference in a process that is replaced when it exceeds the time limit. */
class PatientReference {
  readonly #python: string;
  #loader: ReferenceLoader;

  constructor(python: string) {
    this.#python = python;
    this.#loader = new ReferenceLoader(python);
  }

  async load(organization: Organization, fault: FaultCase | null): Promise<ReferenceOutcome | "too long"> {
    const sandbox = await startSandbox({ organization, ...fault?.sandbox });
    fault?.set(sandbox);
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<"too long">((resolve) => {
        timer = setTimeout(() => resolve("too long"), maxReferenceMs);
      });
      const outcome = await Promise.race([this.#loader.load(sandbox, wholeOrganization), late]);
      if (outcome === "too long") {
        this.#loader.kill();
        this.#loader = new ReferenceLoader(this.#python);
      }
      return outcome;
    } finally {
      clearTimeout(timer);
      await sandbox.close();
    }
  }

  close(): Promise<void> {
    return this.#loader.close();
  }
}

function describe(whole: ReferenceOutcome | "too long", outcome: ReferenceOutcome | "too long"): string {
  if (outcome === "too long") return `no end within ${maxReferenceMs / 1_000} s`;
  if ("error" in outcome)
    return `fails: ${outcome.error
      .split("\n", 1)[0]
      ?.replace(/https?:\/\/\S+/g, "…")
      .slice(0, 90)}`;
  if (whole === "too long" || "error" in whole) return "loads";
  const text = (assets: readonly object[]): readonly string[] =>
    assets.map((asset) => JSON.stringify(asset)).sort();
  const now = new Set(text(outcome.assets));
  const different = text(whole.assets).filter((asset) => !now.has(asset)).length;
  const missing = whole.assets.length - outcome.assets.length;
  if (different === 0 && missing === 0) return "same";
  return `${missing > 0 ? `${missing} assets missing, ` : ""}${different} different, none reported`;
}
