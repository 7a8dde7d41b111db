import type { DbtNode, DbtTables } from "@dagster-sigma/sigma-assets";
import type { DbtReference } from "./dbt-exposures.ts";

/** References to the nodes of a dbt manifest; none for a table whose short name several nodes have. */
export function dbtReferences({ projectName, find }: DbtTables): DbtReference {
  return (table) => {
    const found = find(table);
    const [only] = found;
    return only === undefined || found.length > 1 ? null : referenceTo(only, projectName);
  };
}

/** As dbt reads it in `depends_on`: `ref('orders')`, `ref('other_package', 'orders', v=2)` or `source('raw', 'orders')`. */
function referenceTo(node: DbtNode, projectName: string | null): string {
  const { name, resourceType, sourceName, packageName, version } = node;
  if (resourceType === "source") return `source(${quoted(sourceName ?? "")}, ${quoted(name)})`;
  const isOther = packageName !== null && projectName !== null && packageName !== projectName;
  const parts = [...(isOther ? [quoted(packageName)] : []), quoted(name)];
  return `ref(${[...parts, ...(version === null ? [] : [`v=${version}`])].join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
