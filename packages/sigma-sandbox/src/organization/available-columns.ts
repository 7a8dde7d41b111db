import { urlIdOf } from "./base62.ts";
import type { ColumnOrigin, ColumnTypeName, Source } from "./organization.ts";

/** A column that an element can read from one of its sources. */
export interface AvailableColumn {
  readonly name: string;
  readonly type: ColumnTypeName;
  readonly origin: ColumnOrigin;
  /** The column id in an element that passes it through; null if a new id is generated. */
  readonly passThroughId: string | null;
}

/** The display name of a warehouse column: `Customer Id` for `CUSTOMER_ID`; `/` and `-` become spaces. */
export function friendlyName(native: string): string {
  return native
    .split(/[_/\s-]+/)
    .filter((word) => word !== "")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join(" ");
}

const known = new WeakMap<Source, ReadonlyMap<string, AvailableColumn>>();

/** The columns of a source by display name. The first column with a name takes precedence. */
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
