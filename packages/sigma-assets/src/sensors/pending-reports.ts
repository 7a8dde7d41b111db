import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { recordFolder } from "./reported-record.ts";

/**
 * The content of the last reports. Dagster repeats an evaluation with the same cursor if it was killed before it stored the
 * next one; the repeated evaluation then reports the same content, although the refresh that found the changes is over.
 */
export class PendingReports<Report> {
  readonly #identity: string;
  #last: { readonly cursor: string | null; readonly reports: ReadonlyMap<string, Report> } | null = null;
  #file: string | null = null;

  /** @param identity distinguishes sensors that share a folder */
  constructor(identity: string) {
    this.#identity = identity;
  }

  /** The reports of an earlier evaluation with this cursor, by item; empty if there was none. */
  async of(cursor: string | null, folder: string | null): Promise<ReadonlyMap<string, Report>> {
    if (this.#last?.cursor === cursor) return this.#last.reports;
    if (folder === null) return new Map();
    try {
      const text = await readFile(this.#fileOf(cursor, folder), "utf8");
      return new Map(JSON.parse(text) as readonly (readonly [string, Report])[]);
    } catch {
      return new Map();
    }
  }

  /** Stores the reports of an evaluation before they are sent. A file that cannot be written is treated as lost. */
  async keep(
    cursor: string | null,
    reports: ReadonlyMap<string, Report>,
    folder: string | null,
  ): Promise<void> {
    this.#last = { cursor, reports };
    if (folder === null) return;
    const file = this.#fileOf(cursor, folder);
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(temporary, JSON.stringify([...reports]), { mode: 0o600 });
      await rename(temporary, file);
      if (this.#file !== null && this.#file !== file) await rm(this.#file, { force: true });
      this.#file = file;
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  #fileOf(cursor: string | null, folder: string): string {
    const name = createHash("sha256")
      .update(JSON.stringify([this.#identity, cursor]))
      .digest("hex")
      .slice(0, 32);
    return join(folder, recordFolder, `pending-${name}.json`);
  }
}
