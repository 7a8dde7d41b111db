import QuickLRU from "quick-lru";
import { urlIdOf } from "../organization/base62.ts";
import type {
  Connection,
  DataModel,
  Dataset,
  Element,
  Member,
  Organization,
  Team,
  WarehouseTable,
  Workbook,
} from "../organization/organization.ts";
import { elementsOf } from "../organization/organization.ts";
import { type FileEntry, fileEntries } from "../wire/files.ts";
import { notFound } from "./refusal.ts";

/** Maximum number of row lists that are cached for paging. */
const keptRows = 2_000;

/**
 * Finds the objects of an organization by the id in a path: UUID or urlId. Throws 404 for unknown ids. Caches rows
 * until the organization changes.
 */
export class Directory {
  readonly organization: Organization;
  readonly #workbooks: ReadonlyMap<string, Workbook>;
  readonly #dataModels: ReadonlyMap<string, DataModel>;
  readonly #datasets: ReadonlyMap<string, Dataset>;
  readonly #tables: ReadonlyMap<string, WarehouseTable>;
  readonly #connections: ReadonlyMap<string, Connection>;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #teams: ReadonlyMap<string, Team>;
  readonly #rows = new QuickLRU<string, readonly object[]>({ maxSize: keptRows });
  #files: ReadonlyMap<string, FileEntry> | null = null;

  constructor(organization: Organization) {
    this.organization = organization;
    this.#workbooks = byEitherId(organization.workbooks);
    this.#dataModels = byEitherId(organization.dataModels);
    this.#datasets = byEitherId(organization.datasets);
    this.#tables = byEitherId(organization.tables);
    this.#connections = byEitherId(organization.connections);
    this.#members = new Map(organization.members.map((member) => [member.id, member]));
    this.#teams = byEitherId(organization.teams);
  }

  workbook(id: string): Workbook {
    return get(this.#workbooks, id);
  }

  dataModel(id: string): DataModel {
    return get(this.#dataModels, id);
  }

  dataset(id: string): Dataset {
    return get(this.#datasets, id);
  }

  table(id: string): WarehouseTable {
    return get(this.#tables, id);
  }

  connection(id: string): Connection {
    return get(this.#connections, id);
  }

  member(id: string): Member {
    return get(this.#members, id);
  }

  team(id: string): Team {
    return get(this.#teams, id);
  }

  file(id: string): FileEntry {
    this.#files ??= new Map(
      fileEntries(this.organization).flatMap((file) => [
        [file.id, file] as const,
        [file.urlId, file] as const,
      ]),
    );
    return get(this.#files, id);
  }

  /** Returns cached rows, or creates them. */
  rows(name: string, make: () => readonly object[]): readonly object[] {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const rows = make();
    this.#rows.set(name, rows);
    return rows;
  }

  element(document: Workbook | DataModel, elementId: string): Element {
    const element = elementsOf(document).find(({ id }) => id === elementId);
    if (element === undefined) throw notFound();
    return element;
  }
}

function byEitherId<Thing extends { readonly id: string }>(
  things: readonly Thing[],
): ReadonlyMap<string, Thing> {
  return new Map(
    things.flatMap((thing) => [[thing.id, thing] as const, [urlIdOf(thing.id), thing] as const]),
  );
}

function get<Thing>(things: ReadonlyMap<string, Thing>, id: string): Thing {
  const thing = things.get(id);
  if (thing === undefined) throw notFound();
  return thing;
}
