import type { Severity } from "@dagster-sigma/foundation";

/** The properties of an asset that selections use. */
export interface SelectableNode {
  /** Identifies the node in the graph; evaluated selections are sets of ids. */
  readonly id: string;
  /** The segments of its key. */
  readonly key: readonly string[];
  /** Null stands for Dagster's group `default`. */
  readonly group: string | null;
  readonly owners: readonly string[];
  readonly kinds: readonly string[];
  /** Without the tags that Dagster uses for kinds. */
  readonly tags: Readonly<Record<string, string>>;
  /** Column names. */
  readonly columns: readonly string[];
  /** Name of the warehouse table, as in `dagster/table_name`. */
  readonly tableName: string | null;
  /** Whether Dagster can materialize it. Default: false, as for all assets of this project. */
  readonly isMaterializable?: boolean;
  /** Names of its folders, or database and schema of a table. Default: none. */
  readonly folder?: readonly string[];
  /** Severity of its worst problem. Default: null, for none. */
  readonly problem?: Severity | null;
  /** When it was last changed in its own tool, in seconds since the epoch. Default: null, for unknown. */
  readonly changedAt?: number | null;
  /** Ids of direct upstream and downstream assets; ids that are not in the graph are ignored. */
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
}

/** A graph on which selections can be evaluated. Acyclic and immutable: a changed graph must be a new object. */
export interface SelectableGraph {
  /** Nodes by id; results are in this order. */
  readonly nodes: ReadonlyMap<string, SelectableNode>;
}
