import {
  AssetDep,
  AssetKey,
  cleanName,
  storageKindLabel,
  type TableMatch,
  tableNameLabel,
} from "@dagster-sigma/asset-graph";
import { compareText } from "@dagster-sigma/foundation";
import type { LoadedUpstream, UpstreamTable } from "../../state/loaded-upstream.ts";
import type { SigmaTable } from "../lineage/sigma-table.ts";
import { matchUpstream } from "./match-upstream.ts";
import { storageKindOf } from "./storage-kind.ts";

/** The dependency for every table, by table id, and the match results. */
export interface TableDeps {
  readonly deps: ReadonlyMap<string, AssetDep>;
  readonly matches: readonly TableMatch[];
}

interface Holder {
  readonly table: SigmaTable;
  readonly dep: AssetDep;
}

/**
 * The dependency for every warehouse table, by table id. Its key is the table's path in lower case, each part cleaned.
 * Tables with the same path in one warehouse are one asset, even on several connections. If the key is taken by
 * another asset, it is prefixed with the connection's name or, if that is taken too, gets the table's id as a suffix.
 *
 * A table that a matcher finds has the key of the matched asset.
 *
 * @param taken keys of assets, in the format of `AssetKey.toString()`
 */
export function assignTableDeps(
  tables: readonly SigmaTable[],
  taken: ReadonlySet<string>,
  matchers: readonly LoadedUpstream[] = [],
): TableDeps {
  const matches: TableMatch[] = [];
  const holders = new Map<string, Holder>();
  const deps = new Map<string, AssetDep>();
  // Tables with a known connection first, because all dependencies on a key get the metadata of the first table; then
  // tables that Sigma lists, before those that only SQL names.
  const ordered = [...tables].sort(
    (a, b) =>
      Number(a.connection === null) - Number(b.connection === null) ||
      Number(isOnlyInSql(a)) - Number(isOnlyInSql(b)) ||
      compareText(a.id, b.id),
  );
  const matched = new Map<string, AssetDep>();
  for (const table of ordered) {
    const found = matchUpstream(matchers, upstreamTable(table));
    if (found.key !== null) {
      const id = found.key.toString();
      const dep = matched.get(id) ?? buildTableDep(found.key, table);
      matched.set(id, dep);
      deps.set(table.id, dep);
      matches.push({ ...found, key: found.key, table: tableName(table) });
      continue;
    }
    for (const key of candidateKeys(table, holders)) {
      const id = key.toString();
      const holder = holders.get(id);
      if (taken.has(id) || (holder !== undefined && !isSameTable(holder.table, table))) continue;
      const dep = holder?.dep ?? buildTableDep(key, table);
      holders.set(id, holder ?? { table, dep });
      deps.set(table.id, dep);
      break;
    }
    const key = deps.get(table.id)?.assetKey;
    if (key !== undefined) matches.push({ ...found, key, table: tableName(table) });
  }
  return { deps, matches };
}

function upstreamTable({ path, connection }: SigmaTable): UpstreamTable {
  return { path, connectionName: connection?.name ?? null, storageKind: storageKindOf(connection?.type) };
}

function candidateKeys(table: SigmaTable, holders: ReadonlyMap<string, Holder>): readonly AssetKey[] {
  const path = table.path.map((part) => cleanName(part.toLowerCase()) || "_");
  const plain = new AssetKey(path);
  const prefixed = plain.withPrefix(cleanName((table.connection?.name ?? "").toLowerCase()) || "_");
  const suffixed = new AssetKey([
    ...path.slice(0, -1),
    `${path.at(-1)}_${cleanName(table.id.replaceAll("-", ""))}`,
  ]);
  const holder = holders.get(plain.toString());
  const prefixHelps =
    holder?.table.connection?.connectionId !== table.connection?.connectionId || holder === undefined;
  return [plain, ...(prefixHelps ? [prefixed] : []), suffixed];
}

function isOnlyInSql({ id }: SigmaTable): boolean {
  return id.startsWith("sql:");
}

/** Whether two tables may be the same: equal paths, ignoring case, in possibly the same warehouse. */
function isSameTable(a: SigmaTable, b: SigmaTable): boolean {
  return tableName(a) === tableName(b) && (b.connection === null || warehouse(a) === warehouse(b));
}

function warehouse({ connection }: SigmaTable): string {
  const { account = null, host = null, type = null } = connection ?? {};
  return JSON.stringify([type?.toLowerCase() ?? null, account, host]);
}

function tableName({ path }: SigmaTable): string {
  return path.join(".").toLowerCase();
}

function buildTableDep(key: AssetKey, table: SigmaTable): AssetDep {
  const presentation = { connection: table.connection?.name ?? null };
  return new AssetDep(key, { metadata: tableMetadata(table), presentation });
}

function tableMetadata(table: SigmaTable): Readonly<Record<string, string>> {
  const storageKind = storageKindOf(table.connection?.type);
  return {
    [tableNameLabel]: tableName(table),
    ...(storageKind === null ? {} : { [storageKindLabel]: storageKind }),
  };
}
