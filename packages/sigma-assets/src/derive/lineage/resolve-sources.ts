import { compareText, type Diagnostic, type DiagnosticObject } from "@dagster-sigma/foundation";
import { documentKindNames, documentKinds } from "../../state/document-kinds.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import type { SourceReference } from "./document-sources.ts";
import type { SigmaUpstream } from "./sigma-upstream.ts";
import type { SqlTables } from "./sql-tables.ts";

/** Ids of the known objects. */
export type KnownObjects = { readonly [Type in "table" | "dataset" | "dataModel"]: ReadonlySet<string> };

type SqlReference = Extract<SourceReference, { readonly type: "customSql" | "compiledSql" }>;
type ObjectReference = Extract<SourceReference, { readonly type: keyof KnownObjects }>;

const codes = {
  table: "TABLE_NOT_LISTED",
  dataset: "DATASET_NOT_LISTED",
  dataModel: "DATA_MODEL_NOT_LISTED",
} as const;

/** Resolves references to objects, and collects unresolved ones. */
export class SourceResolver {
  readonly #known: KnownObjects;
  readonly #sqlTables: SqlTables;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #notListed = new Map<
    string,
    { readonly reference: ObjectReference; readonly readers: DiagnosticObject[] }
  >();

  constructor(known: KnownObjects, sqlTables: SqlTables) {
    this.#known = known;
    this.#sqlTables = sqlTables;
  }

  /** The objects that a document's references resolve to, sorted by type and id. */
  resolve(reader: DiagnosticObject, references: readonly SourceReference[]): readonly SigmaUpstream[] {
    const found = references.flatMap((reference) => this.#objectsBehind(reader, reference));
    const distinct = new Map(found.map(({ type, id }) => [`${type} ${id}`, { type, id }]));
    return [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, upstream]) => upstream);
  }

  /** One diagnostic per reference without an asset, and one per unlisted object, which names its readers. */
  diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics, ...[...this.#notListed.values()].map(notListedDiagnostic)];
  }

  /** Whether a reference resolves to a known object or the text of SQL. */
  isFound(reference: SourceReference): boolean {
    switch (reference.type) {
      case "table":
      case "dataset":
      case "dataModel":
        return this.#known[reference.type].has(reference.id);
      case "customSql":
      case "compiledSql":
        return reference.definition !== null;
      case "other":
      case "unresolved":
        return false;
    }
  }

  /** The tables in custom SQL; none if Sigma does not return its text. */
  tablesIn({ definition, connectionId }: SqlReference): readonly SigmaUpstream[] {
    return definition === null ? [] : this.#sqlTables.read(definition, connectionId);
  }

  #objectsBehind(reader: DiagnosticObject, reference: SourceReference): readonly SigmaUpstream[] {
    switch (reference.type) {
      case "table":
      case "dataset":
      case "dataModel":
        if (this.isFound(reference)) return [reference];
        this.#noteNotListed(reader, reference);
        return [];
      case "customSql":
      case "compiledSql":
        return this.#tablesOf(reader, reference);
      case "other": {
        const name = reference.name === null ? "" : ` "${reference.name}"`;
        this.#note("SOURCE_KIND_UNKNOWN", reader, `reads a ${reference.kind}${name}`);
        return [];
      }
      case "unresolved":
        this.#note(
          "SOURCE_UNRESOLVED",
          reader,
          `reads a source "${reference.id}" that Sigma does not describe`,
        );
        return [];
    }
  }

  #tablesOf(reader: DiagnosticObject, reference: SqlReference): readonly SigmaUpstream[] {
    if (!this.isFound(reference))
      this.#note(
        "CUSTOM_SQL_WITHOUT_TEXT",
        reader,
        `reads custom SQL (${reference.id}) that Sigma does not return`,
      );
    return this.tablesIn(reference);
  }

  #note(code: Parameters<typeof buildDiagnostic>[0], reader: DiagnosticObject, what: string): void {
    this.#diagnostics.push(buildDiagnostic(code, reader, `The ${describe(reader)} ${what}.`));
  }

  #noteNotListed(reader: DiagnosticObject, reference: ObjectReference): void {
    const identity = `${reference.type} ${reference.id}`;
    const known = this.#notListed.get(identity);
    if (known === undefined) this.#notListed.set(identity, { reference, readers: [reader] });
    else known.readers.push(reader);
  }
}

/** Maximum number of readers named in a message. */
const maxNamedReaders = 3;

function notListedDiagnostic({
  reference,
  readers,
}: {
  readonly reference: ObjectReference;
  readonly readers: readonly DiagnosticObject[];
}): Diagnostic {
  const { type, id, name } = reference;
  const object: DiagnosticObject = { type, id, name: name ?? id, url: null };
  const named = readers.slice(0, maxNamedReaders).map((reader) => `the ${describe(reader)}`);
  const others = readers.length - named.length;
  const who = `${named.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
  return buildDiagnostic(
    codes[type],
    object,
    `The ${describe(object)} is read by ${who}, and Sigma does not list it.`,
  );
}

function describe({ type, name }: DiagnosticObject): string {
  const title = documentKindNames.find((kind) => kind === type);
  return `${title === undefined ? type : documentKinds[title].title} "${name}"`;
}
