import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { buildColumnImpact } from "@dagster-sigma/asset-graph/impact";
import type { VNode } from "preact";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { AssetLink } from "./asset-link.tsx";

/** Number of columns and assets that are listed; the impact view has all of them. */
const mostListed = 40;

/** A column: what it is computed from, and what breaks without it. */
export function ColumnPanel({
  column,
  formula,
}: {
  readonly column: number;
  readonly formula: string | null;
}): VNode | null {
  const known = columns.value;
  const graph = model.value;
  if (known === null || graph === null) return null;
  const impact = buildColumnImpact(graph, known, column);
  const certain = impact.assets.filter(({ certainty }) => certainty === "column");
  const sources = [...known.index.upstream(column)];
  return (
    <div class="column-panel">
      <p class="crumb">
        <button type="button" class="quiet" onClick={() => changeView({ column: null, isTracing: false })}>
          ← All columns
        </button>
      </p>
      <h3 class="column-name">
        {known.nameOf(column)} <span class="type">{known.typeOf(column)}</span>
      </h3>
      {formula !== null && <code class="formula">{formula}</code>}
      <section>
        <h3>
          If it is dropped, this breaks <span class="muted">{certain.length}</span>
        </h3>
        {impact.assets.length === 0 && <p class="muted">Nothing that is known.</p>}
        <ul class="links">
          {certain.slice(0, mostListed).map(({ asset, columns: names }) => (
            <li key={asset}>
              <AssetLink
                asset={asset}
                detail={names.slice(0, 3).join(", ") + (names.length > 3 ? " …" : "")}
              />
            </li>
          ))}
        </ul>
        {impact.assets.length > certain.length && (
          <p class="hint">
            And perhaps {impact.assets.length - certain.length} more, which read one of these assets and whose
            columns are not loaded.
          </p>
        )}
        {impact.owners.length > 0 && (
          <p class="owners">
            Owners to notify:{" "}
            {impact.owners
              .slice(0, 6)
              .map(([owner, count]) => `${owner} (${count})`)
              .join(", ")}
            {impact.owners.length > 6 ? ` and ${impact.owners.length - 6} more` : ""}
          </p>
        )}
        <div class="actions">
          <button type="button" class="primary" onClick={() => changeView({ tab: "impact" })}>
            The whole list
          </button>
          <button
            type="button"
            aria-pressed={view.value.isTracing}
            onClick={() => changeView({ tab: "graph", isTracing: !view.value.isTracing })}
          >
            Draw it end to end
          </button>
        </div>
      </section>
      <section>
        <h3>
          Computed from <span class="muted">{sources.length}</span>
        </h3>
        {sources.length === 0 && <p class="muted">Nothing that is known: it begins here.</p>}
        <ul class="links">
          {sources.slice(0, mostListed).map((source) => (
            <li key={source}>
              <ColumnLink known={known} column={source} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function ColumnLink({
  known,
  column,
}: {
  readonly known: ColumnIndex;
  readonly column: number;
}): VNode | null {
  const asset = model.value?.assets[known.assetOf(column)];
  if (asset === undefined) return null;
  const name = known.nameOf(column);
  return (
    <button
      type="button"
      class="asset-link"
      onClick={() => changeView({ asset: asset.key, column: name, isTracing: view.value.isTracing })}
    >
      <span class="name">{name}</span> <span class="muted">{asset.name}</span>
    </button>
  );
}
