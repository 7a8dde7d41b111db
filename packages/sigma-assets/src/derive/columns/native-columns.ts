import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { friendlyName } from "./shown-column-names.ts";

/**
 * The columns of warehouse tables and datasets as they are really named, where formulas have the name that is shown. They
 * stand in the ids of columns that are passed through unchanged, `inode-<urlId>/<NAME>`, and in what was asked of tables.
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

  /** The real name behind a shown one; null when none is known, or several would be shown so. */
  find(id: string, shown: string): string | null {
    const names = this.#byObject.get(id)?.get(friendlyName(shown));
    if (names === undefined) return null;
    if (names.has(shown)) return shown;
    const [only] = names;
    return names.size === 1 && only !== undefined ? only : null;
  }

  /** All that are known of an object, sorted as they were met. */
  of(id: string): readonly string[] {
    return [...(this.#byObject.get(id)?.values() ?? [])].flatMap((names) => [...names]);
  }
}

/** `inode-<urlId>/<NAME>`; null for any other id of a column. */
export function passedColumn(
  columnId: string,
): { readonly objectId: string; readonly column: string } | null {
  const slash = columnId.indexOf("/");
  if (slash < 0 || !columnId.startsWith("inode-")) return null;
  return { objectId: objectId(columnId.slice(0, slash)), column: columnId.slice(slash + 1) };
}
