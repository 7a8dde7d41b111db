import type { VNode } from "preact";
import type { PageAssetDetails } from "../../model/page-graph.ts";
import { SqlText } from "./sql-text.tsx";

/** The SQL that an asset is made with. */
export function CustomSql({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const { statements } = details;
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
