import { tableNameLabel } from "../metadata/metadata-labels.ts";
import { type AssetKind, otherKind, tableKind } from "../presentation/asset-kind.ts";
import type { PresentedSchedule, PresentedStatement } from "../presentation/asset-presentation.ts";
import type { AssetNode } from "./asset-graph.ts";

/** A presentation with all defaults derived. */
export interface ResolvedPresentation {
  readonly name: string;
  /**
   * The name for places that do not show the folder: a table's full name, or the full key if there is no display
   * name.
   */
  readonly fullName: string;
  readonly kind: AssetKind;
  /** Outermost first; empty at the top level. */
  readonly folder: readonly string[];
  /** Name of the table behind the asset, for example `analytics.sales.orders`. */
  readonly table: string | null;
  readonly connection: string | null;
  /** An `http` or `https` URL. */
  readonly url: string | null;
  readonly urlLabel: string;
  /** Seconds since the epoch. */
  readonly updatedAt: number | null;
  readonly isArchived: boolean;
  readonly statements: readonly PresentedStatement[];
  readonly schedules: readonly PresentedSchedule[];
  readonly repeatedMetadata: readonly string[];
}

/** Resolves the presentation of an asset: missing fields are derived from the key, the group and the table name. */
export function resolvePresentation({
  spec,
  isStub,
}: Pick<AssetNode, "spec" | "isStub">): ResolvedPresentation {
  const { key, kinds, metadata } = spec;
  const given = spec.presentation ?? {};
  const tableName = metadata[tableNameLabel];
  const table = tableName?.type === "text" ? tableName.value : null;
  const isTable = isStub || kinds.includes("table") || kinds.includes("view") || tableName !== undefined;
  const kind = given.kind ?? (isTable ? tableKind : otherKind);
  const schema = kind.id === tableKind.id ? table?.split(".").slice(0, -1) : undefined;
  const name = given.name || null;
  return {
    name: name ?? key.path.at(-1) ?? "",
    fullName: name ?? table ?? key.toUserString(),
    kind,
    folder: given.folder ?? (schema?.length ? schema : folderOfKey(spec)),
    table,
    connection: given.connection ?? null,
    url: webAddress(given.url ?? null),
    urlLabel: given.urlLabel || "Open",
    updatedAt: given.updatedAt ?? null,
    isArchived: given.isArchived ?? false,
    statements: given.statements ?? [],
    schedules: given.schedules ?? [],
    repeatedMetadata: given.repeatedMetadata ?? [],
  };
}

function folderOfKey({ groupName, key }: AssetNode["spec"]): readonly string[] {
  return groupName !== null ? groupName.split("/") : key.path.slice(0, -1);
}

/** Accepts only URLs that are safe to open; rejects for example `javascript:…`. */
function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) ? text : null;
}
