import { availableColumns } from "./available-columns.ts";
import { buildColumns, type ColumnSpec } from "./columns.ts";
import { DocumentBuilder } from "./document-builder.ts";
import { Identifiers } from "./identifiers.ts";
import type {
  Audit,
  Column,
  ColumnTypeName,
  Connection,
  DataModel,
  Dataset,
  DatasetRun,
  DocumentContent,
  DocumentTag,
  Member,
  ModelElement,
  Organization,
  Team,
  VersionTag,
  WarehouseTable,
  Workbook,
} from "./organization.ts";
import { elementsOf } from "./organization.ts";

/** Options of a document; other values are derived from its name. */
export interface DocumentOptions {
  /** Seed of its ids; required if another document has the same folder and name. */
  readonly key?: string;
  /** Owner. */
  readonly owner: Member;
  /** Latest version (default: derived from the name). */
  readonly version?: number;
  /** ISO 8601 (default: derived from the name). */
  readonly createdAt?: string;
  /** ISO 8601 (default: derived from the name). */
  readonly updatedAt?: string;
  /** `Endorsed`, `Warning` or `Deprecated` (default: none). */
  readonly badge?: string;
  /** Whether it is archived (default: false). */
  readonly isArchived?: boolean;
  /** Version tags with the tagged versions (default: none). */
  readonly tags?: readonly (readonly [tag: VersionTag, sourceVersion: number])[];
}

/** A cache for document contents, for example a `QuickLRU`. */
export interface ContentCache {
  /** Returns cached content. */
  get(documentId: string): DocumentContent | undefined;
  /** Stores content. */
  set(documentId: string, content: DocumentContent): unknown;
}

/**
 * Builds an organization object by object.
 *
 *     const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
 *     const dana = company.member("Dana Doe", "dana@example.com");
 *     const warehouse = company.connection("Warehouse", "snowflake", dana);
 *     const orders = company.table(warehouse, "DB.PUBLIC.ORDERS", { AMOUNT: "number" });
 */
export class OrganizationBuilder {
  readonly #ids: Identifiers;
  readonly #slug: string;
  readonly #name: string;
  readonly #members: Member[] = [];
  readonly #teams: Team[] = [];
  readonly #versionTags: VersionTag[] = [];
  readonly #connections: Connection[] = [];
  readonly #tables: WarehouseTable[] = [];
  readonly #datasets: Dataset[] = [];
  readonly #dataModels: DataModel[] = [];
  readonly #workbooks: Workbook[] = [];

  readonly #workbookContents: ContentCache;

  constructor(options: {
    readonly slug: string;
    readonly name: string;
    /** Cache for workbook contents (default: unlimited). */
    readonly workbookContents?: ContentCache;
  }) {
    this.#workbookContents = options.workbookContents ?? new Map();
    this.#ids = new Identifiers(options.slug);
    this.#slug = options.slug;
    this.#name = options.name;
  }

  /** Adds a member. */
  member(
    fullName: string,
    email: string,
    options: {
      readonly memberType?: string;
      readonly isInactive?: boolean;
      readonly isArchived?: boolean;
    } = {},
  ): Member {
    const [firstName = "", ...rest] = fullName.split(" ");
    const member: Member = {
      id: this.#ids.member(email),
      firstName,
      lastName: rest.join(" "),
      email,
      memberType: options.memberType ?? "Creator",
      isInactive: options.isInactive ?? false,
      isArchived: options.isArchived ?? false,
      createdAt: this.#ids.date(email, "2023-09-01", "2025-03-01"),
    };
    this.#members.push(member);
    return member;
  }

  /** Adds a team. */
  team(name: string, description: string | null, members: readonly [Member, ...Member[]]): Team {
    const team: Team = { ...this.#audit(`team/${name}`, members[0]), name, description, members };
    this.#teams.push(team);
    return team;
  }

  /** Adds a version tag. */
  versionTag(name: string, description: string, by: Member): VersionTag {
    const tag: VersionTag = { ...this.#audit(`tag/${name}`, by), name, description };
    this.#versionTags.push(tag);
    return tag;
  }

  /** Adds a connection. */
  connection(
    name: string,
    type: string,
    by: Member,
    options: Partial<Pick<Connection, "account" | "warehouse" | "friendlyNames">> = {},
  ): Connection {
    const connection: Connection = {
      ...this.#audit(`connection/${name}`, by),
      name,
      type,
      friendlyNames: true,
      ...options,
    };
    this.#connections.push(connection);
    return connection;
  }

  /**
   * Adds a warehouse table.
   *
   * @param path parts of the path, or `DATABASE.SCHEMA.TABLE`
   */
  table(
    connection: Connection,
    path: string | readonly string[],
    columns: Readonly<Record<string, ColumnTypeName>>,
    options: { readonly badge?: string; readonly isListed?: boolean } = {},
  ): WarehouseTable {
    const table: WarehouseTable = {
      ...this.#audit(`table/${connection.name}/${[path].flat().join("/")}`, connection.createdBy),
      kind: "table",
      connection,
      path: typeof path === "string" ? path.split(".") : path,
      columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
      badge: options.badge ?? null,
      isListed: options.isListed ?? true,
    };
    this.#tables.push(table);
    return table;
  }

  /** Adds a dataset. Its columns default to those of its sources. */
  dataset(
    path: string,
    name: string,
    options: {
      readonly key?: string;
      readonly owner: Member;
      readonly from: readonly (WarehouseTable | Dataset)[];
      readonly columns?: readonly ColumnSpec[];
      readonly description?: string;
      readonly createdAt?: string;
      readonly badge?: string;
      readonly isArchived?: boolean;
      readonly migratedTo?: DataModel;
      readonly runs?: readonly DatasetRun[];
    },
  ): Dataset {
    const where = `dataset/${options.key ?? `${path}/${name}`}`;
    const dataset: Dataset = {
      ...this.#audit(where, options.owner, options),
      kind: "dataset",
      name,
      description: options.description ?? "",
      path,
      owner: options.owner,
      sources: options.from,
      columns: this.#datasetColumns(where, options.from, options.columns),
      badge: options.badge ?? null,
      isArchived: options.isArchived ?? false,
      migratedTo: options.migratedTo ?? null,
      runs: options.runs ?? [],
    };
    this.#datasets.push(dataset);
    return dataset;
  }

  /** Adds a data model. */
  dataModel(
    path: string,
    name: string,
    options: DocumentOptions & { readonly isListed?: boolean },
    fill: (model: DocumentBuilder) => void,
  ): DataModel {
    const where = `dataModel/${options.key ?? `${path}/${name}`}`;
    const fields = this.#documentFields(where, path, name, options);
    const contentOf = this.#contentReader(fields.id, where, new Map(), fill);
    const model: DataModel = {
      ...fields,
      kind: "dataModel",
      isListed: options.isListed ?? true,
      get content() {
        return contentOf();
      },
    };
    this.#dataModels.push(model);
    return model;
  }

  /** Adds a workbook. */
  workbook(
    path: string,
    name: string,
    options: DocumentOptions & { readonly description?: string },
    fill: (workbook: DocumentBuilder) => void,
  ): Workbook {
    const where = `workbook/${options.key ?? `${path}/${name}`}`;
    const fields = this.#documentFields(where, path, name, options);
    const contentOf = this.#contentReader(fields.id, where, this.#workbookContents, fill);
    const workbook: Workbook = {
      ...fields,
      kind: "workbook",
      description: options.description ?? null,
      get content() {
        return contentOf();
      },
    };
    this.#workbooks.push(workbook);
    return workbook;
  }

  /** Returns the organization. */
  build(): Organization {
    return {
      id: this.#ids.uuid("organization"),
      slug: this.#slug,
      name: this.#name,
      members: this.#members,
      teams: this.#teams,
      versionTags: this.#versionTags,
      connections: this.#connections,
      tables: this.#tables,
      datasets: this.#datasets,
      dataModels: this.#dataModels,
      workbooks: this.#workbooks,
    };
  }

  #datasetColumns(
    where: string,
    from: readonly (WarehouseTable | Dataset)[],
    specs: readonly ColumnSpec[] | undefined,
  ): readonly Column[] {
    const everything = from.flatMap((source) => [...availableColumns(source).keys()]);
    const sources = { sources: from, lookups: [], combination: "join" as const };
    return buildColumns(this.#ids, where, sources, specs ?? [...new Set(everything)]);
  }

  /** Content is built on first use, and again after the cache has dropped it. */
  #contentReader(
    id: string,
    where: string,
    cache: ContentCache,
    fill: (document: DocumentBuilder) => void,
  ): () => DocumentContent {
    return () => {
      const known = cache.get(id);
      if (known !== undefined) return known;
      const builder = new DocumentBuilder(this.#ids, where);
      fill(builder);
      const content = builder.build();
      cache.set(id, content);
      return content;
    };
  }

  #documentFields(
    where: string,
    path: string,
    name: string,
    options: DocumentOptions,
  ): Omit<DataModel, "kind" | "isListed" | "content"> {
    const tags: readonly DocumentTag[] = (options.tags ?? []).map(([tag, sourceVersion]) => ({
      tag,
      sourceVersion,
      taggedAt: this.#ids.date(`${where}/${tag.name}`, "2026-06-01", "2026-10-01"),
      taggedDocumentId: this.#ids.uuid(`${where}/${tag.name}`),
    }));
    return {
      ...this.#audit(where, options.owner, options),
      name,
      path,
      owner: options.owner,
      version: options.version ?? 1,
      tags,
      badge: options.badge ?? null,
      isArchived: options.isArchived ?? false,
    };
  }

  #audit(
    where: string,
    by: Member,
    dates: { readonly createdAt?: string | undefined; readonly updatedAt?: string | undefined } = {},
  ): Audit {
    const createdAt = new Date(
      dates.createdAt ?? this.#ids.date(where, "2024-03-01", "2026-03-01"),
    ).toISOString();
    return {
      id: this.#ids.uuid(where),
      createdAt,
      updatedAt: new Date(
        dates.updatedAt ?? this.#ids.date(`${where}/update`, createdAt, "2026-11-01"),
      ).toISOString(),
      createdBy: by,
      updatedBy: by,
    };
  }
}

/** Returns an element of a data model by name, as a source for another document. */
export function elementOf(model: DataModel, name: string): ModelElement {
  const element = elementsOf(model).find((candidate) => candidate.name === name);
  if (element === undefined) throw new Error(`The data model ${model.name} has no element ${name}.`);
  return { kind: "modelElement", model, element };
}
