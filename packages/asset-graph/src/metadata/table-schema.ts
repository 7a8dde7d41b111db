/** Constraints on a column; Dagster's defaults are nullable and not unique. */
export interface TableColumnConstraints {
  readonly nullable: boolean;
  readonly unique: boolean;
  /** Further constraints, as text. */
  readonly other: readonly string[];
}

/** Constructor options of {@link TableColumn}. */
export interface TableColumnOptions {
  /** Name of the column. */
  readonly name: string;
  /** Any text. Default: `"string"`, as in Dagster. */
  readonly type?: string;
  /** Description of the column. Default: none. */
  readonly description?: string | null;
  /** Constraints of the column. Default: nullable, not unique. */
  readonly constraints?: Partial<TableColumnConstraints>;
  /** Tags of the column. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** One column of a table. */
export class TableColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly constraints: TableColumnConstraints;
  readonly tags: Readonly<Record<string, string>>;

  constructor(options: TableColumnOptions) {
    this.name = options.name;
    this.type = options.type ?? "string";
    this.description = options.description ?? null;
    this.constraints = { nullable: true, unique: false, other: [], ...options.constraints };
    this.tags = options.tags ?? {};
  }
}

/** Constructor options of {@link TableSchema}. */
export interface TableSchemaOptions {
  /** The columns, in order. */
  readonly columns: Iterable<TableColumn | TableColumnOptions>;
  /** Table-level constraints, as text. */
  readonly constraints?: readonly string[];
}

/** The columns of a table, in order. */
export class TableSchema {
  readonly columns: readonly TableColumn[];
  readonly constraints: readonly string[];

  constructor(options: TableSchemaOptions) {
    this.columns = Array.from(options.columns, (column) =>
      column instanceof TableColumn ? column : new TableColumn(column),
    );
    this.constraints = options.constraints ?? [];
  }

  /** Creates a schema from `{ name: type }`, in property order. */
  static fromNameTypeDict(types: Readonly<Record<string, string>>): TableSchema {
    return new TableSchema({ columns: Object.entries(types).map(([name, type]) => ({ name, type })) });
  }
}
