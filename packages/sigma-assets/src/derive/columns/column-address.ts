import type { ProvenanceBasis } from "@dagster-sigma/asset-graph";

/** A column of a table or dataset, or of an element of a document. */
export interface ColumnAddress {
  readonly type: "table" | "dataset" | "element";
  /** Id of the table, dataset, workbook or data model. */
  readonly objectId: string;
  /** Null for tables and datasets. */
  readonly elementId: string | null;
  readonly column: string;
  /** How it is known, if not by a formula. */
  readonly basis?: Exclude<ProvenanceBasis, "formula">;
}

/** Why a reference cannot be resolved. */
export type UnresolvedReason =
  /** No source of the element has this name. */
  | "sourceUnknown"
  /** The source has no such column. */
  | "columnUnknown"
  /** Several sources or columns match. */
  | "ambiguous"
  /** Only the display name of a table column is known, not its real name. */
  | "nativeNameUnknown"
  /** The SQL that returns the column could not be parsed. */
  | "sqlUnread";

/** The columns that a reference means, or why it means none. */
export type Found = readonly ColumnAddress[] | UnresolvedReason;

/** The only matching source that has the column. */
export function onlyOne(found: readonly Found[]): Found {
  const columns = found.filter((each) => typeof each !== "string");
  const [only, ...others] = columns;
  if (only === undefined)
    return found.find((each) => each !== "columnUnknown") ?? found[0] ?? "sourceUnknown";
  return others.every((other) => identitiesOf(other) === identitiesOf(only)) ? only : "ambiguous";
}

function identitiesOf(addresses: readonly ColumnAddress[]): string {
  return addresses.map(identityOf).join("\n");
}

function identityOf({ type, objectId: id, elementId, column }: ColumnAddress): string {
  return `${type} ${id} ${elementId ?? ""} ${column}`;
}

/** Replaces how the columns are known. */
export function withBasis(found: Found, basis: NonNullable<ColumnAddress["basis"]>): Found {
  return typeof found === "string" ? found : found.map((address) => ({ ...address, basis }));
}

/** The columns of all that were found; a reason only if none was. */
export function allOf(found: readonly Found[]): Found {
  const columns = found.flatMap((each) => (typeof each === "string" ? [] : each));
  return columns.length > 0 ? columns : (found.find((each) => typeof each === "string") ?? []);
}

/** The first address of each column. */
export function distinctAddresses(addresses: readonly ColumnAddress[]): readonly ColumnAddress[] {
  if (addresses.length < 2) return addresses;
  return [...new Map(addresses.map((address) => [identityOf(address), address])).values()];
}
