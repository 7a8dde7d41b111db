import type { VNode } from "preact";
import { formatTime } from "../../model/format-time.ts";
import type { PageAssetDetails } from "../../model/page-graph.ts";

/** Metadata under the labels that it has, each value by its type. */
export function MetadataTable({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const rows = details.metadata;
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>Metadata</h3>
      <dl class="facts metadata">
        {rows.map((row) => (
          <div key={row.label}>
            <dt title={row.label}>{withoutNamespace(row.label)}</dt>
            <dd>
              <Value {...row} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `tool/label` as `label`; Dagster's own labels stay whole. */
function withoutNamespace(label: string): string {
  return label.replace(/^(?!dagster\/)[\w.-]+\/(?=.)/, "");
}

function Value({ type, value }: PageAssetDetails["metadata"][number]): VNode {
  if (type === "url" && typeof value === "string" && /^https?:\/\//i.test(value)) {
    return (
      <a href={value} target="_blank" rel="noreferrer">
        {value}
      </a>
    );
  }
  if (type === "timestamp" && typeof value === "number") return <>{formatTime(value)}</>;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return <>{String(value)}</>;
  return (
    <details>
      <summary>Show</summary>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
