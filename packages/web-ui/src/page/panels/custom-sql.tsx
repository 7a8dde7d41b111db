import type { VNode } from "preact";
import type { PageAssetDetails } from "../../model/page-graph.ts";
import { SqlText } from "./sql-text.tsx";

interface Statement {
  readonly name: string;
  readonly sql: string;
}

/** The SQL that an asset is made with, where an integration gives it as a list under a label such as `…/custom_sql`. */
export function CustomSql({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const statements = details.metadata
    .filter(({ label }) => label.endsWith("/custom_sql"))
    .flatMap(({ value }) => (Array.isArray(value) ? value.filter(isStatement) : []));
  if (statements.length === 0) return null;
  return (
    <section>
      <h3>
        Custom SQL <span class="muted">{statements.length}</span>
      </h3>
      {statements.map(({ name, sql }, at) => (
        <details key={`${at} ${name}`} open={statements.length === 1}>
          <summary>{name || "SQL"}</summary>
          <SqlText sql={sql} />
        </details>
      ))}
    </section>
  );
}

function isStatement(value: unknown): value is Statement {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "sql" in value &&
    typeof value.sql === "string"
  );
}
