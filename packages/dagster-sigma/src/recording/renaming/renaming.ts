import { createHmac, randomBytes, randomInt } from "node:crypto";
import { isValidOwner } from "@dagster-sigma/asset-graph";
import { objectId } from "@dagster-sigma/sigma-assets";
import { parseSqlDialect, type SqlDialect } from "@dagster-sigma/sql-lineage/tables";
import { IdMap } from "./id-map.ts";
import { NameMap } from "./name-map.ts";
import { rebuildFormula } from "./rebuild-formula.ts";
import { rebuildSql } from "./rebuild-sql.ts";

const dayMs = 86_400_000;

/** The replacements of one recording. Equal texts get equal replacements in all answers; the keys are discarded with it. */
export class Renaming {
  readonly #names = new NameMap();
  readonly #ids = new IdMap();
  readonly #emailKey = randomBytes(32);
  readonly #otherValues = new Map<string, number>();
  readonly #dialects = new Map<string, SqlDialect>();
  /** Not a whole number of days, so that the time zone is hidden, too. */
  readonly #shiftMs = -randomInt(30 * dayMs, 1_000 * dayMs);

  /** Replaces a UUID, a urlId, a reference or any other id, and keeps its form. */
  id(text: string): string {
    return this.#ids.replace(text);
  }

  /** Replaces a name, and keeps its form. */
  name(text: string): string {
    return this.#names.rename(text);
  }

  /** Replaces names joined with `/`. */
  path(text: string): string {
    return text
      .split("/")
      .map((name) => this.name(name))
      .join("/");
  }

  /** Replaces names joined with `.`; some are in double quotes. */
  dottedName(text: string): string {
    return text.replace(/"((?:[^"]|"")*)"|[^."]+/g, (part, quoted: string | undefined) =>
      quoted === undefined
        ? this.name(part)
        : `"${this.name(quoted.replaceAll('""', '"')).replaceAll('"', '""')}"`,
    );
  }

  /** Replaces the id of a column: `inode-<urlId>/<name>`, the name of a column of SQL, or any other id. */
  columnId(text: string, row: { readonly [field in "name" | "label" | "formula"]?: unknown }): string {
    const slash = text.indexOf("/");
    if (slash > 0) return `${this.id(text.slice(0, slash))}/${this.name(text.slice(slash + 1))}`;
    const shown = [row.name, row.label].filter((name) => typeof name === "string");
    const alike = friendlyName(text);
    const isShown = shown.length === 0 || shown.some((name) => friendlyName(name) === alike);
    // The column may be renamed where it is passed through.
    const isRead = typeof row.formula === "string" && friendlyName(row.formula).includes(alike);
    return isShown || isRead ? this.name(text) : this.id(text);
  }

  /** Dagster accepts the new address if it accepts the old one. */
  email(text: string): string {
    const member = `member-${createHmac("sha256", this.#emailKey).update(text.toLowerCase()).digest("hex").slice(0, 10)}`;
    return isValidOwner(text) ? `${member}@example.com` : member;
  }

  /** Shifts a time by the same duration as all others; a text that is no time gives none. */
  time(text: string): string {
    const shifted = new Date(Date.parse(text) + this.#shiftMs);
    return Number.isNaN(shifted.getTime()) ? "no time" : shifted.toISOString();
  }

  /** Replaces a value that is not among the known ones of a field. */
  otherValue(text: string): string {
    const key = text.toLowerCase();
    const number = this.#otherValues.get(key) ?? this.#otherValues.size + 1;
    this.#otherValues.set(key, number);
    return `other-${number}`;
  }

  formula(text: string): string {
    return rebuildFormula(text, (name) => this.name(name));
  }

  /** @param connectionId connection that the SQL is for, if known */
  sql(text: string, connectionId: unknown): string {
    return rebuildSql(text, this.#dialectOf(connectionId), (name) => this.name(name));
  }

  /** Notes the type of a connection, from which the dialect of its SQL follows. */
  noteConnection(connectionId: unknown, type: string): void {
    if (typeof connectionId === "string") this.#dialects.set(objectId(connectionId), parseSqlDialect(type));
  }

  /** For SQL without a known connection, the dialect of all connections, if it is the same. */
  #dialectOf(connectionId: unknown): SqlDialect {
    const known = typeof connectionId === "string" ? this.#dialects.get(objectId(connectionId)) : undefined;
    if (known !== undefined) return known;
    const [only, ...others] = new Set(this.#dialects.values());
    return only !== undefined && others.length === 0 ? only : "generic";
  }
}

/** The same for all names that Sigma displays alike. */
function friendlyName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_/-]+/g, " ")
    .trim();
}
