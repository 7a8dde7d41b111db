import { type AssetNode, type Definitions, resolvePresentation } from "@dagster-sigma/asset-graph";

/** Finds the reference to the dbt node that makes a table, for example `ref('orders')`; null if dbt does not make it. */
export type DbtReference = (tablePath: readonly string[]) => string | null;

/** An exposure as dbt reads it. */
export interface DbtExposure {
  readonly name: string;
  readonly label: string;
  readonly type: "dashboard" | "analysis";
  readonly maturity?: "high" | "medium" | "low";
  readonly url?: string;
  readonly description?: string;
  readonly owner: { readonly name: string; readonly email?: string };
  readonly depends_on: readonly string[];
  readonly config: { readonly meta: { readonly dagster_sigma: { readonly key: readonly string[] } } };
}

/** The exposures of documents, and how many documents were left out. */
export interface DbtExposures {
  readonly exposures: readonly DbtExposure[];
  /** Documents that read no table of dbt. */
  readonly leftOut: number;
}

/** Sigma's badges, as dbt's maturity. */
const maturities: Readonly<Record<string, DbtExposure["maturity"]>> = {
  endorsed: "high",
  warning: "medium",
  deprecated: "low",
};

/**
 * An exposure for each selected document: what people read is a dashboard, models and datasets are analyses. It depends on the tables of dbt that the document
 * reads, also through models and datasets.
 *
 * @param referenceOf null without a manifest: then every document is an exposure, and none depends on anything
 */
export function dbtExposures(
  { assetGraph }: Definitions,
  selected: ReadonlySet<string> | null,
  referenceOf: DbtReference | null,
): DbtExposures {
  const names = new ExposureNames();
  const documents = [...assetGraph.nodes]
    .filter(([id, node]) => !node.isStub && isDocument(node) && (selected?.has(id) ?? true))
    .map(([, node]) => node);
  const exposures = documents.map((node): DbtExposure => {
    const references = referenceOf === null ? [] : referencesOf(assetGraph.nodes, node, referenceOf);
    return exposureOf(node, names.nameOf(node), references);
  });
  const kept = referenceOf === null ? exposures : exposures.filter((each) => each.depends_on.length > 0);
  return { exposures: kept, leftOut: exposures.length - kept.length };
}

function isDocument(node: AssetNode): boolean {
  return resolvePresentation(node).table === null;
}

function exposureOf(node: AssetNode, name: string, dependsOn: readonly string[]): DbtExposure {
  const { spec } = node;
  const presentation = resolvePresentation(node);
  const [owner] = spec.owners;
  const maturity = maturities[(spec.tags["sigma_badge"] ?? "").toLowerCase()];
  return {
    name,
    label: presentation.name,
    type: presentation.kind.isReadByPeople === true ? "dashboard" : "analysis",
    ...(maturity === undefined ? {} : { maturity }),
    ...(presentation.url === null ? {} : { url: presentation.url }),
    ...(spec.description === null ? {} : { description: spec.description }),
    owner: ownerOf(owner),
    depends_on: dependsOn,
    config: { meta: { dagster_sigma: { key: spec.key.path } } },
  };
}

/** dbt requires a name or an address. */
function ownerOf(owner: string | undefined): DbtExposure["owner"] {
  if (owner === undefined) return { name: "No owner" };
  return owner.includes("@") ? { name: owner.split("@")[0] ?? owner, email: owner } : { name: owner };
}

/** The tables of dbt upstream of a document, nearest first where only its own kind of assets is in between; sorted. */
function referencesOf(
  nodes: ReadonlyMap<string, AssetNode>,
  start: AssetNode,
  referenceOf: DbtReference,
): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const key of node.upstream) {
      const id = key.toString();
      const upstream = nodes.get(id);
      if (upstream === undefined || seen.has(id)) continue;
      seen.add(id);
      const { table } = resolvePresentation(upstream);
      const reference = table === null ? null : referenceOf(table.split("."));
      // What is upstream of a table of dbt is dbt's own to say.
      if (reference !== null) found.add(reference);
      else waiting.push(upstream);
    }
  }
  return [...found].sort();
}

/** Names of exposures, which dbt restricts to letters, digits and underscores; made of keys, which stay when a document is renamed in other folders. */
class ExposureNames {
  readonly #taken = new Map<string, number>();

  nameOf({ spec }: AssetNode): string {
    const text = spec.key.path
      .join("__")
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "_")
      .replace(/^_+|_+$/g, "");
    const name = `sigma_${text === "" ? "document" : text}`;
    const count = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  }
}
