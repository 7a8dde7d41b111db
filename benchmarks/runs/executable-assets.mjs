/**
 * Definitions in TypeScript of executable assets that have nothing to do, each with up to two dependencies and metadata. The graph is
 * shallow: a job in Python fails with a RecursionError on a chain of about 1,000 assets.
 *
 * @param {number} count
 */
export function typescriptAssets(count) {
  return `import { AssetSpec, Definitions, MaterializeResult, MetadataValue } from "dagster-sigma";
const execution = { description: "does nothing", materialize: async () => new MaterializeResult({ metadata: { rows: 1 } }) };
export default new Definitions({
  assets: Array.from({ length: ${count} }, (_, index) => new AssetSpec({
    key: \`asset_\${index}\`,
    deps: [...new Set([index >> 1, index >> 2])].filter((other) => other < index).map((other) => \`asset_\${other}\`),
    description: \`The asset with the number \${index}, as a user described it.\`,
    kinds: ["sigma", "workbook"],
    owners: ["someone@example.com"],
    metadata: { name: \`Asset \${index}\`, version: index, url: MetadataValue.url(\`https://example.com/\${index}\`) },
    execution,
  })),
});
`;
}

/**
 * The same in Python, as Dagster's documentation writes assets.
 *
 * @param {number} count
 */
export function pythonAssets(count) {
  return `import dagster as dg


def build(index):
    @dg.asset(
        name=f"asset_{index}",
        deps=[f"asset_{other}" for other in sorted({index >> 1, index >> 2}) if other < index],
        description=f"The asset with the number {index}, as a user described it.",
        kinds={"sigma", "workbook"},
        owners=["someone@example.com"],
        metadata={"name": f"Asset {index}", "version": index, "url": dg.MetadataValue.url(f"https://example.com/{index}")},
    )
    def materialize():
        return dg.MaterializeResult(metadata={"rows": 1})

    return materialize


defs = dg.Definitions(assets=[build(index) for index in range(${count})], executor=dg.in_process_executor)
`;
}
