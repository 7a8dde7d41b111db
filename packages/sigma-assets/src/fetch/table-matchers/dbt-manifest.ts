import { AssetKey, type CoercibleToAssetKey, type EnvVar, resolveEnvVar } from "@dagster-sigma/asset-graph";
import { parseSqlDialect, readTables } from "@dagster-sigma/sql-lineage/tables";
import { z } from "zod";
import { readDbtFile } from "./read-dbt-file.ts";
import { TableIndex } from "./table-index.ts";
import type { UpstreamMatcher } from "./upstream-matcher.ts";

/** The fields of a dbt model, seed, snapshot or source that determine its asset key. */
export interface DbtNode {
  /** For example `model.jaffle_shop.orders`. */
  readonly uniqueId: string;
  /** `model`, `seed`, `snapshot`, `source`. */
  readonly resourceType: string;
  /** Name of the model, seed, snapshot or source table. */
  readonly name: string;
  /** Alias of the relation; null without one. */
  readonly alias: string | null;
  /** Version; null for a model without versions. */
  readonly version: string | number | null;
  /** Name of the source; null for other resources. */
  readonly sourceName: string | null;
  /** The configured schema; null without one. */
  readonly configSchema: string | null;
  /** `meta.dagster` of the configuration, else of the node. */
  readonly dagsterMeta: unknown;
  /** Name of the package that defines it; null if the manifest does not name it. */
  readonly packageName: string | null;
  /** The table name, quoted for the warehouse. */
  readonly relationName: string;
}

/** The models, seeds, snapshots and sources of a dbt project, by table. */
export interface DbtTables {
  /** Name of the project; null if the manifest does not name it. */
  readonly projectName: string | null;
  /** Case-insensitive; several nodes if the name of the table is shorter than theirs. */
  find(tablePath: readonly string[]): readonly DbtNode[];
}

/**
 * Reads a dbt manifest.
 *
 * @throws ConfigurationError `DBT_MANIFEST_UNREADABLE`
 */
export async function readDbtTables(path: string): Promise<DbtTables> {
  const read = await readDbtFile(path, manifest);
  const index = new TableIndex(readNodes(read));
  return { projectName: read.metadata?.project_name ?? null, find: (table) => index.find(table) };
}

/** Options of {@link dbtManifest}. */
export interface DbtManifestOptions {
  /** Prefix of every key, like `key_prefix` in Dagster (default: none). */
  readonly keyPrefix?: string | readonly string[];
  /** Returns the key of a node, to match a custom DagsterDbtTranslator (default: dagster-dbt's key). */
  readonly key?: (node: DbtNode) => CoercibleToAssetKey;
}

/** dbt resource types that are assets in dagster-dbt. */
const assetTypes: ReadonlySet<string> = new Set(["model", "seed", "snapshot", "source"]);

const optionalText = z.string().nullish();
const manifestNode = z.looseObject({
  unique_id: z.string(),
  resource_type: z.string(),
  name: z.string(),
  alias: optionalText,
  version: z.union([z.string(), z.number()]).nullish(),
  source_name: optionalText,
  relation_name: optionalText,
  package_name: optionalText,
  config: z.looseObject({ schema: optionalText, meta: z.unknown().optional() }).nullish(),
  meta: z.unknown().optional(),
});
const manifest = z.looseObject({
  metadata: z.looseObject({ adapter_type: optionalText, project_name: optionalText }).nullish(),
  nodes: z.record(z.string(), z.looseObject({})),
  sources: z.record(z.string(), z.looseObject({})).nullish(),
});

/**
 * Matches tables with the assets of a dbt project, by `relation_name` in its `target/manifest.json`. The keys are
 * those of dagster-dbt 0.29 (`default_asset_key_fn`).
 *
 *     upstream: [dbtManifest("../dbt/target/manifest.json")]
 *
 * @param path path of the manifest
 * @throws ConfigurationError `DBT_MANIFEST_UNREADABLE`, during the load
 */
export function dbtManifest(path: string | EnvVar, options: DbtManifestOptions = {}): UpstreamMatcher {
  const name = "dbtManifest";
  return {
    name,
    load: async () => {
      const nodes = readNodes(await readDbtFile(resolveEnvVar(path), manifest));
      const index = new TableIndex(nodes.map(([table, node]) => [table, keyOf(node, options)] as const));
      return { name, match: ({ path: table }) => index.find(table) };
    },
  };
}

function readNodes({
  nodes,
  sources,
  metadata,
}: z.infer<typeof manifest>): readonly (readonly [table: readonly string[], node: DbtNode])[] {
  const dialect = parseSqlDialect(metadata?.adapter_type);
  return [...Object.values(nodes), ...Object.values(sources ?? {})].flatMap((row) => {
    const parsed = manifestNode.safeParse(row);
    const relation = parsed.data?.relation_name ?? null;
    if (!parsed.success || relation === null || !assetTypes.has(parsed.data.resource_type)) return [];
    const [table] = readTables(`select * from ${relation}`, dialect);
    if (table === undefined) return [];
    const { name, alias, version, config, meta, source_name } = parsed.data;
    const node: DbtNode = {
      uniqueId: parsed.data.unique_id,
      resourceType: parsed.data.resource_type,
      name,
      alias: alias ?? null,
      version: version ?? null,
      sourceName: source_name ?? null,
      configSchema: config?.schema ?? null,
      dagsterMeta: dagsterMetaOf(config?.meta) ?? dagsterMetaOf(meta),
      packageName: parsed.data.package_name ?? null,
      relationName: relation,
    };
    return [[table, node] as const];
  });
}

function keyOf(node: DbtNode, options: DbtManifestOptions): AssetKey {
  const key = AssetKey.from(options.key?.(node) ?? defaultKey(node));
  return options.keyPrefix === undefined ? key : key.withPrefix(options.keyPrefix);
}

/** `asset_key` in `meta` takes precedence; then the rules for sources, versioned models and configured schemas. */
function defaultKey({
  dagsterMeta,
  resourceType,
  sourceName,
  name,
  version,
  alias,
  configSchema,
}: DbtNode): string[] {
  const written = z.looseObject({ asset_key: z.array(z.string()) }).safeParse(dagsterMeta);
  if (written.success && written.data.asset_key.length > 0) return written.data.asset_key;
  if (resourceType === "source") return [sourceName ?? "", name].filter((part) => part !== "");
  if (version !== null) return [alias ?? name];
  return configSchema === null || configSchema === "" ? [name] : [configSchema, name];
}

function dagsterMetaOf(meta: unknown): unknown {
  const parsed = z.looseObject({ dagster: z.looseObject({}) }).safeParse(meta);
  const dagster = parsed.data?.dagster;
  return dagster !== undefined && Object.keys(dagster).length > 0 ? dagster : undefined;
}
