import type { VNode } from "preact";
import { formatTime } from "../../model/format-time.ts";
import type { PageAssetDetails } from "../../model/page-graph.ts";
import { SqlText } from "./sql-text.tsx";

/** What is shown in a place of its own. */
const shownAbove =
  /\/(name|path|web_url|updated_at|is_archived|table_name|custom_sql|materialization_schedules)$/;

/** Metadata under the labels that it has, each value by its type. */
export function MetadataTable({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const rows = details.metadata.filter(({ label }) => !shownAbove.test(label));
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>Metadata</h3>
      <dl class="facts metadata">
        {rows.map((row) => (
          <div key={row.label}>
            <dt title={row.label}>{row.label.replace(/^dagster_sigma\//, "")}</dt>
            <dd>
              <Value {...row} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ label, type, value }: PageAssetDetails["metadata"][number]): VNode {
  if (type === "url" && typeof value === "string" && /^https?:\/\//i.test(value)) {
    return (
      <a href={value} target="_blank" rel="noreferrer">
        {value}
      </a>
    );
  }
  if (type === "timestamp" && typeof value === "number") return <>{formatTime(value)}</>;
  if (/sql$/i.test(label) && typeof value === "string") return <SqlText sql={value} />;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return <>{String(value)}</>;
  return (
    <details>
      <summary>Show</summary>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
