import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { friendlyName } from "./shown-column-names.ts";

/**
 * The real column names of warehouse tables and datasets; formulas contain display names. They come from the ids of
 * passed-through columns, `inode-<urlId>/<NAME>`, and from the fetched columns of tables.
 */
export class NativeColumns {
  readonly #byObject = new Map<string, Map<string, Set<string>>>();

  constructor({
    workbooks,
    dataModels,
    tables,
  }: Pick<OrganizationState, "workbooks" | "dataModels" | "tables">) {
    for (const document of [...workbooks, ...dataModels]) {
      for (const { columnId } of document.columns ?? []) {
        const passed = passedColumn(columnId);
        if (passed !== null) this.add(passed.objectId, passed.column);
      }
    }
    for (const { id, columns } of tables) {
      for (const name of columns ?? []) this.add(objectId(id), name);
    }
  }

  add(id: string, name: string): void {
    const names = this.#byObject.get(id) ?? new Map<string, Set<string>>();
    this.#byObject.set(id, names);
    const friendly = friendlyName(name);
    names.set(friendly, (names.get(friendly) ?? new Set()).add(name));
  }

  /** The real name for a display name; null if none is known, or several have this display name. */
  find(id: string, shown: string): string | null {
    const names = this.#byObject.get(id)?.get(friendlyName(shown));
    if (names === undefined) return null;
    if (names.has(shown)) return shown;
    const [only] = names;
    return names.size === 1 && only !== undefined ? only : null;
  }

  /** All known columns of an object, in order of discovery. */
  of(id: string): readonly string[] {
    return [...(this.#byObject.get(id)?.values() ?? [])].flatMap((names) => [...names]);
  }
}

/** Parses `inode-<urlId>/<NAME>`; null for any other column id. */
export function passedColumn(
  columnId: string,
): { readonly objectId: string; readonly column: string } | null {
  const slash = columnId.indexOf("/");
  if (slash < 0 || !columnId.startsWith("inode-")) return null;
  return { objectId: objectId(columnId.slice(0, slash)), column: columnId.slice(slash + 1) };
}
