import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import { nameObject } from "../diagnostics/name-object.ts";
import type { SigmaTable } from "./sigma-table.ts";
import type { LineagePart, SigmaUpstream, ToldBy } from "./sigma-upstream.ts";
import type { SourceReference } from "./source-reference.ts";
import type { SqlTables } from "./sql-tables.ts";
import { distinctUpstreams, upstreamToldBy } from "./told-by.ts";

/** Ids of the known objects. */
export type KnownObjects = { readonly [Type in "table" | "dataset" | "dataModel"]: ReadonlySet<string> };

/** The objects of a state, with its tables as they were built. */
export function knownObjects(
  { datasets, dataModels }: Pick<OrganizationState, "datasets" | "dataModels">,
  tables: readonly SigmaTable[],
): KnownObjects {
  return {
    table: new Set(tables.map(({ id }) => id)),
    dataset: new Set(datasets.map(({ id }) => objectId(id))),
    dataModel: new Set(dataModels.map(({ id }) => objectId(id))),
  };
}

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
  readonly #notListed = new Map<string, ReadObject<ObjectReference>>();
  readonly #unresolved = new Map<string, ReadObject<{ readonly id: string }>>();
  /** What was tried to find the path of a table, by table id. */
  readonly #attempts: ReadonlyMap<string, string>;

  constructor(known: KnownObjects, sqlTables: SqlTables, attempts: ReadonlyMap<string, string> = new Map()) {
    this.#known = known;
    this.#sqlTables = sqlTables;
    this.#attempts = attempts;
  }

  /** The objects that a document's references resolve to, sorted by type and id. */
  resolve(
    reader: DiagnosticObject,
    references: readonly SourceReference[],
    part: LineagePart,
  ): readonly SigmaUpstream[] {
    return distinctUpstreams(
      references.flatMap((reference) => {
        const told: ToldBy = `${part}:${basisOf(reference)}`;
        return this.#objectsBehind(reader, reference).map(({ type, id }) => upstreamToldBy(type, id, told));
      }),
    );
  }

  /**
   * One diagnostic per reference without an asset, and one per unlisted object and per source that Sigma does not
   * describe, which names its readers.
   */
  diagnostics(): readonly Diagnostic[] {
    return [
      ...this.#diagnostics,
      ...[...this.#notListed.values()].map((read) =>
        notListedDiagnostic(read, this.#attempts.get(read.reference.id) ?? ""),
      ),
      ...[...this.#unresolved.values()].map(unresolvedDiagnostic),
    ];
  }

  /** Whether a reference resolves to a known object or the text of SQL. */
  isFound(reference: SourceReference): boolean {
    switch (reference.type) {
      case "table":
      case "dataset":
      case "dataModel":
        return this.#known[reference.type].has(reference.id);
      case "inode":
        return this.#kindOfInode(reference.id) !== null;
      case "warehouseObject":
        return true;
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
        noteRead(this.#notListed, `${reference.type} ${reference.id}`, reference, reader);
        return [];
      case "inode": {
        const type = this.#kindOfInode(reference.id);
        if (type !== null) return [{ type, id: reference.id }];
        noteRead(this.#unresolved, reference.id, reference, reader);
        return [];
      }
      case "warehouseObject":
        return [this.#sqlTables.find(reference.path, reference.connectionId)];
      case "customSql":
      case "compiledSql":
        return this.#tablesOf(reader, reference);
      case "other": {
        const name = reference.name === null ? "" : ` "${reference.name}"`;
        this.#note("SOURCE_KIND_UNKNOWN", reader, `reads a ${reference.kind}${name}`);
        return [];
      }
      case "unresolved":
        noteRead(this.#unresolved, reference.id, reference, reader);
        return [];
    }
  }

  #kindOfInode(id: string): "table" | "dataset" | null {
    if (this.#known.dataset.has(id)) return "dataset";
    return this.#known.table.has(id) ? "table" : null;
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
    this.#diagnostics.push(buildDiagnostic(code, reader, `The ${nameObject(reader)} ${what}.`));
  }
}

/** An object that documents read. */
interface ReadObject<Reference> {
  readonly reference: Reference;
  readonly readers: DiagnosticObject[];
}

function noteRead<Reference>(
  objects: Map<string, ReadObject<Reference>>,
  identity: string,
  reference: Reference,
  reader: DiagnosticObject,
): void {
  const known = objects.get(identity);
  if (known === undefined) objects.set(identity, { reference, readers: [reader] });
  else if (!known.readers.some(({ type, id }) => type === reader.type && id === reader.id))
    known.readers.push(reader);
}

function notListedDiagnostic(
  { reference: { type, id, name }, readers }: ReadObject<ObjectReference>,
  attempts: string,
): Diagnostic {
  const object: DiagnosticObject = { type, id, name: name ?? id, url: null };
  const happened = `The ${nameObject(object)} is read by ${nameSome(readers)}, and Sigma does not list it.`;
  return buildDiagnostic(
    codes[type],
    object,
    attempts === "" ? happened : `${happened} ${attempts}`,
    readers,
  );
}

function unresolvedDiagnostic({
  reference: { id },
  readers,
}: ReadObject<{ readonly id: string }>): Diagnostic {
  const object: DiagnosticObject = { type: "source", id, name: id, url: null };
  return buildDiagnostic(
    "SOURCE_UNRESOLVED",
    object,
    `The source "${id}" is read by ${nameSome(readers)}, and Sigma does not describe it.`,
    readers,
  );
}

/** Maximum number of readers named in a message. */
const maxNamedReaders = 3;

function nameSome(readers: readonly DiagnosticObject[]): string {
  const named = readers.slice(0, maxNamedReaders).map((reader) => `the ${nameObject(reader)}`);
  const others = readers.length - named.length;
  return `${named.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
}

function basisOf({ type }: SourceReference): "reported" | "sql" | "name" {
  if (type === "customSql" || type === "compiledSql") return "sql";
  return type === "warehouseObject" ? "name" : "reported";
}
