import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { type Organization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { damages } from "./damage-bytes.ts";
import { seededRandom } from "./seeded-random.ts";
import { type Outcome, type StoredFile, StoredLoader, storeFiles } from "./store-files.ts";

/** The damaged file of each damage, repeated. A damaged journal costs a refresh. */
const turns: readonly StoredFile[] = ["state", "cache", "state", "cache", "journal"];

/** Outcomes of one kind of damage of one file. */
interface DamageRow {
  readonly file: StoredFile;
  readonly damage: string;
  readonly count: number;
  /** The damage had no effect, for example a missing newline at the end. */
  readonly same: number;
  /** State: an error with file, line and command. Cache and journal: rebuilt, with a note. */
  readonly reported: number;
}

export interface DamagedFiles {
  readonly rows: readonly DamageRow[];
  /** States that `refresh --full` replaced. */
  readonly mended: number;
  /** Wrong results and unexpected errors; must be empty. */
  readonly problems: readonly string[];
}

/**
 * Damages a stored file at one random place, loads, and compares the result with that of the undamaged file. A damaged
 * state must be an error that names the file, the line and the command that replaces it. A damaged cache or journal must not
 * change the result.
 */
export async function damageFiles(options: {
  readonly organization: Organization;
  readonly damages: number;
  readonly seed: number;
  /** A full refresh is tried if the number of a damage is a multiple of this one, and the file is a state. */
  readonly mendEvery: number;
  /** Whether loads fetch columns, which takes several times longer. */
  readonly fetchColumnData: boolean;
  readonly onDamage?: (done: number) => void;
}): Promise<DamagedFiles> {
  let nowMs = Date.now();
  // Sigma issues one token per second; this clock does not make the loads wait.
  const clock = { now: () => (nowMs += 1_000), sleep: () => Promise.resolve() };
  const sandbox = await startSandbox({
    organization: options.organization,
    clock,
    tokenLifetimeMs: Number.MAX_SAFE_INTEGER / 2,
  });
  const loader = new StoredLoader(() => new SigmaOrganization(sandbox), options.fetchColumnData);
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-damaged-"));
  const random = seededRandom(options.seed);
  const rows = new Map<string, { -readonly [Field in keyof DamageRow]: DamageRow[Field] }>();
  const problems: string[] = [];
  let mended = 0;
  try {
    const { cases, expected } = await storeFiles(sandbox, loader, folder);
    const kinds = Object.entries(damages);
    for (let done = 0; done < options.damages; done++) {
      const file = turns[done % turns.length] ?? "state";
      const [damage, apply] = kinds[Math.floor(done / turns.length) % kinds.length] ?? [
        "",
        (bytes: Buffer) => bytes,
      ];
      const { path, good, stateDir, refresh, restore } = cases[file];
      const damaged = apply(good, random);
      restore();
      writeFileSync(path, damaged);
      const outcome = await loader.load(stateDir, refresh);
      const row = rows.get(`${file} ${damage}`) ?? { file, damage, count: 0, same: 0, reported: 0 };
      rows.set(`${file} ${damage}`, row);
      row.count++;
      const isReported = file === "state" ? namesAll(outcome.error, path) : outcome.notes.length > 0;
      const isRight = file === "state" && isReported ? outcome.result === null : outcome.result === expected;
      if (!isRight) problems.push(`${file}, ${damage} (${done}): ${describe(outcome)}`);
      else if (isReported) row.reported++;
      else row.same++;
      if (file === "state" && done % options.mendEvery === 0) {
        const full = await loader.load(stateDir, "full");
        if (full.result === expected) mended++;
        else problems.push(`${file}, ${damage} (${done}): not mended: ${describe(full)}`);
      }
      options.onDamage?.(done + 1);
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { rows: [...rows.values()], mended, problems };
}

/** Whether an error names the file, the line and the command that replaces the file. */
function namesAll(thrown: unknown, file: string): boolean {
  const { code, message = "", hint = "" } = (thrown ?? {}) as Readonly<Record<string, string | undefined>>;
  return (
    code === "SNAPSHOT_BROKEN" &&
    message.includes(file) &&
    /\bline \d+\b/.test(message) &&
    hint.includes("`dagster-sigma refresh --full`")
  );
}

function describe({ error, notes }: Outcome): string {
  return error === null ? `another result, ${notes.length} notes` : String(error);
}
