import type { Listing, Paging } from "../listing.ts";
import { pathSegment } from "../path-segment.ts";
import { type ColumnRow, columnRow, type ElementRow, elementRow } from "../rows/document-content.ts";
import { type LineageRow, lineageRow } from "../rows/lineage.ts";
import {
  type MaterializationRow,
  type MaterializationScheduleRow,
  materializationRow,
  type StartedMaterializationRow,
  startedMaterializationRow,
} from "../rows/materializations.ts";
import type { RowShape } from "../rows/row-shape.ts";
import { type SpecRow, specRow } from "../rows/spec.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

/** Collections with the same endpoints below `/v2/{collection}/{id}/`. */
export type DocumentCollection = "workbooks" | "dataModels" | "reports";

/** Rows with the same identity are one schedule. */
export function scheduleIdentity(row: MaterializationScheduleRow): string {
  return row.sheetId ?? JSON.stringify(row);
}

/** Calls that workbooks, data models and reports share. `id` is the UUID or the urlId of the document. */
export class DocumentCalls {
  protected readonly api: SigmaApi;
  readonly #collection: DocumentCollection;
  readonly #paging: Paging | undefined;

  /** @param paging of the parts of a document (default: page style) */
  constructor(api: SigmaApi, collection: DocumentCollection, paging?: Paging) {
    this.api = api;
    this.#collection = collection;
    this.#paging = paging;
  }

  /** `GET …/elements`: all elements of the document, without their pages. */
  elements(id: string, options: CallOptions = {}): Listing<ElementRow> {
    return this.rows(this.path(id, "elements"), elementRow, (row) => row.elementId, options);
  }

  /** `GET …/columns`: all columns of the document. Column ids are unique only within an element. */
  columns(id: string, options: CallOptions = {}): Listing<ColumnRow> {
    const identity = (row: ColumnRow): string => `${row.elementId ?? ""}\n${row.columnId}`;
    return this.rows(this.path(id, "columns"), columnRow, identity, options);
  }

  /** `GET …/lineage`: the elements with their source ids, and the sources, of the latest published version. */
  lineage(id: string, options: CallOptions = {}): Listing<LineageRow> {
    return this.rows(this.path(id, "lineage"), lineageRow, JSON.stringify, options);
  }

  /** `GET …/spec`: the code representation of the document (beta in Sigma). */
  spec(id: string, options: CallOptions = {}): Promise<SpecRow> {
    return this.api.one(specRow, { kind: "document", path: this.path(id, "spec"), ...options });
  }

  /** `GET …/materializations/{materializationId}`: the state of a materialization. */
  materialization(
    id: string,
    materializationId: string,
    options: CallOptions = {},
  ): Promise<MaterializationRow> {
    const path = this.path(id, "materializations", materializationId);
    return this.api.one(materializationRow, { kind: "status", path, ...options });
  }

  /** Lists rows of a part of the document. */
  protected rows<Row>(
    path: string,
    shape: RowShape<Row>,
    identity: (row: Row) => string,
    options: CallOptions,
    paging?: Paging,
  ): Listing<Row> {
    return this.api.list({ kind: "document", path, ...options }, shape, identity, paging ?? this.#paging);
  }

  protected start(path: string, sheetId: string, options: CallOptions): Promise<StartedMaterializationRow> {
    return this.api.one(startedMaterializationRow, { kind: "command", path, body: { sheetId }, ...options });
  }

  /** The path of a document or of one of its parts. */
  protected path(id: string, ...below: readonly string[]): string {
    return [this.#collection, ...[id, ...below].map(pathSegment)].join("/");
  }
}
