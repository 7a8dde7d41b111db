import { urlIdOf } from "./base62.ts";
import type { ColumnOrigin, ColumnTypeName, Source } from "./organization.ts";

/** A column that an element can take from one of its sources. */
export interface AvailableColumn {
  readonly name: string;
  readonly type: ColumnTypeName;
  readonly origin: ColumnOrigin;
  /** The id that it has in the element that passes it through; null when that is made up anew. */
  readonly passThroughId: string | null;
}

/** How Sigma shows the name of a warehouse column: `CUSTOMER_ID` as `Customer Id`, `/` and `-` as spaces. */
export function friendlyName(native: string): string {
  return native
    .split(/[_/\s-]+/)
    .filter((word) => word !== "")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join(" ");
}

const known = new WeakMap<Source, ReadonlyMap<string, AvailableColumn>>();

/** What a source offers, by the name that is shown. The first of a name wins. */
export function availableColumns(source: Source): ReadonlyMap<string, AvailableColumn> {
  const before = known.get(source);
  if (before !== undefined) return before;
  const byName = new Map<string, AvailableColumn>();
  for (const column of listColumns(source)) if (!byName.has(column.name)) byName.set(column.name, column);
  known.set(source, byName);
  return byName;
}

function listColumns(source: Source): readonly AvailableColumn[] {
  const origin = (column: string): ColumnOrigin => ({ source, column });
  switch (source.kind) {
    case "table": {
      const inode = `inode-${urlIdOf(source.id)}`;
      const { friendlyNames } = source.connection;
      return source.columns.map(({ name, type }) => ({
        name: friendlyNames ? friendlyName(name) : name,
        type,
        origin: origin(name),
        passThroughId: `${inode}/${name}`,
      }));
    }
    case "dataset": {
      const inode = `inode-${urlIdOf(source.id)}`;
      return source.columns.map(({ name, type }) => ({
        name,
        type,
        origin: origin(name),
        passThroughId: `${inode}/${name}`,
      }));
    }
    case "sql":
      return source.columns.map(({ id, name, type }) => ({
        name,
        type,
        origin: origin(name),
        passThroughId: id,
      }));
    case "modelElement":
    case "element": {
      const { columns } = source.kind === "element" ? source : source.element;
      return columns.map(({ name, type }) => ({ name, type, origin: origin(name), passThroughId: null }));
    }
  }
}
