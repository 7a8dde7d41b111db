/** What a selection looks at in an asset. */
export interface SelectableNode {
  /** What the graph calls it; selections are sets of these. */
  readonly id: string;
  /** The segments of its key. */
  readonly key: readonly string[];
  /** Null is Dagster's group `default`. */
  readonly group: string | null;
  readonly owners: readonly string[];
  readonly kinds: readonly string[];
  /** Without those that Dagster keeps for kinds. */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** Name of the warehouse table behind it, as `dagster/table_name` has it. */
  readonly tableName: string | null;
  /** Whether Dagster can run what makes it; no asset of this project, and so false when left out. */
  readonly isMaterializable?: boolean;
  /** Ids of the assets that it is made of, and of those made of it; ids that the graph lacks are passed over. */
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
}

/** A graph that selections can be evaluated on. Acyclic; one that changed is another object. */
export interface SelectableGraph {
  /** By id; a selection comes out in this order. */
  readonly nodes: ReadonlyMap<string, SelectableNode>;
}
