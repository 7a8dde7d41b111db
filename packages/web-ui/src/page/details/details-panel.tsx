import { type AssetKind, otherKind, tableKind } from "@dagster-sigma/asset-graph/presentation";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { formatTime } from "../../model/format-time.ts";
import type { PageAsset, PageAssetDetails } from "../../model/page-graph.ts";
import { focusOn, revealAsset } from "../graph/graph-actions.ts";
import { selectedColumn, selectedIndex } from "../graph/graph-state.ts";
import { ChangeSign } from "../pieces/change-sign.tsx";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { SomeOf } from "../pieces/some-of.tsx";
import { columnPopoverAsset } from "../state/column-popover-state.ts";
import { marks } from "../state/comparison.ts";
import { fetchDetails, model } from "../state/page-data.ts";
import { changeView, selectAsset, view } from "../state/view-state.ts";
import { AssetLink } from "./asset-link.tsx";
import { ColumnList } from "./column-list.tsx";
import { ColumnPanel } from "./column-panel.tsx";
import { CustomSql } from "./custom-sql.tsx";
import { FactList } from "./fact-list.tsx";
import { InDagster } from "./in-dagster.tsx";
import { MetadataTable } from "./metadata-table.tsx";
import { Provenances } from "./provenances.tsx";
import { Schedules } from "./schedules.tsx";

/** Number of links that are shown before a button for the rest. */
const shownAtFirst = 12;

/** Everything about the selected asset, or about its selected column. */
export function DetailsPanel(): VNode | null {
  const graph = model.value;
  const at = selectedIndex.value;
  const asset = at === null ? undefined : graph?.assets[at];
  const details = useDetails(asset?.key ?? null, graph?.graph.version ?? "");
  if (at === null || asset === undefined || graph === null) return null;
  const { index } = graph;
  const feedsAll = index.walkDown([at]).size - 1;
  const mark = marks.value?.get(at);
  const problems = graph.graph.diagnostics.filter((diagnostic) => diagnostic.asset === at);
  return (
    <aside class="panel" aria-label={`Details of ${asset.name}`}>
      <header>
        <KindIcon kind={graph.kindOf(at)} />
        <h2>{asset.name}</h2>
        {mark !== undefined && <ChangeSign mark={mark} />}
        <button type="button" class="quiet" aria-label="Close the details" onClick={() => selectAsset(null)}>
          ✕
        </button>
      </header>
      {selectedColumn.value === null ? (
        <>
          <Facts asset={asset} kind={graph.kindOf(at)} details={details} />
          <div class="actions">
            {asset.url !== null && (
              <a href={asset.url} target="_blank" rel="noreferrer" class="button">
                {asset.urlLabel} ↗
              </a>
            )}
            {view.value.tab !== "graph" && (
              <button type="button" onClick={() => revealAsset(asset.key)}>
                Show in graph
              </button>
            )}
            {view.value.picture === "cards" && (
              <button type="button" onClick={() => focusOn(asset.key)}>
                Only its neighbors
              </button>
            )}
            <button type="button" class="primary" onClick={() => changeView({ tab: "impact" })}>
              What breaks if it changes: {feedsAll}
            </button>
          </div>
          <InDagster asset={at} />
          {problems.map(({ severity, message, code }) => (
            <p key={message} class={`problem ${severity}`}>
              {message} <span class="muted">{code}</span>
            </p>
          ))}
          {details?.description != null && <p class="description">{details.description}</p>}
          <Links title="Fed by" assets={[...index.upstream(at)]} none="Nothing that is known." />
          {details !== null && <Provenances details={details} />}
          <Links title="Feeds" assets={[...index.downstream(at)]} none="Nothing here." />
          {asset.columns > 0 && (
            <section>
              <h3>
                Columns <span class="muted">{asset.columns}</span>
                <button
                  type="button"
                  class="quiet"
                  title="List the columns at the card in the graph (c)"
                  onClick={() => (columnPopoverAsset.value = asset.key)}
                >
                  at the card
                </button>
              </h3>
              <p class="hint">Choose one to see what it is computed from and what breaks without it.</p>
              <ColumnList asset={at} formulas={formulasOf(details)} />
            </section>
          )}
          {details !== null && <CustomSql details={details} />}
          {details !== null && <Schedules details={details} />}
          {details !== null && <MetadataTable details={details} />}
        </>
      ) : (
        <ColumnPanel
          column={selectedColumn.value}
          formula={formulasOf(details).get(view.value.column ?? "") ?? null}
        />
      )}
    </aside>
  );
}

function formulasOf(details: PageAssetDetails | null): ReadonlyMap<string, string> {
  return new Map(
    details?.columns.flatMap(({ name, description }) => (description === null ? [] : [[name, description]])),
  );
}

function useDetails(key: string | null, version: string): PageAssetDetails | null {
  const [details, setDetails] = useState<PageAssetDetails | null>(null);
  useEffect(() => {
    let isWanted = true;
    // What was known before stays until the new is there.
    if (details?.key !== key) setDetails(null);
    if (key !== null)
      void fetchDetails(key).then((answer) => {
        if (isWanted) setDetails(answer);
      });
    return () => {
      isWanted = false;
    };
  }, [key, version]);
  return details;
}

function Facts(props: {
  readonly asset: PageAsset;
  readonly kind: AssetKind;
  readonly details: PageAssetDetails | null;
}): VNode {
  const { asset, kind, details } = props;
  const rows: readonly (readonly [string, string])[] = [
    ["Key", asset.path.join(" / ")],
    ["Kind", kindText(asset, kind)],
    ["Folder", asset.kind === tableKind.id ? "" : asset.folder.join(" / ")],
    ["Table", asset.table ?? ""],
    ["Connection", asset.connection ?? ""],
    ["Owner", asset.owners.join(", ") || (asset.isStub ? "" : "nobody")],
    ["Group", asset.group ?? ""],
    ["Code version", details?.codeVersion ?? ""],
    [
      "Tags",
      Object.entries(asset.tags)
        .map(([tag, value]) => (value === "" ? tag : `${tag}: ${value}`))
        .join(", "),
    ],
    ["Changed", asset.updatedAt === null ? "" : formatTime(asset.updatedAt)],
    ["State", asset.isArchived ? "archived" : ""],
  ];
  return <FactList rows={rows} />;
}

/** Dagster's kinds; without any, what people call it. */
function kindText({ kinds, isStub }: PageAsset, { id, name }: AssetKind): string {
  if (kinds.length > 0) return kinds.join(", ");
  if (isStub) return "not defined here";
  return id === otherKind.id ? "" : name;
}

function Links(props: {
  readonly title: string;
  readonly assets: readonly number[];
  readonly none: string;
}): VNode {
  return (
    <section>
      <h3>
        {props.title} <span class="muted">{props.assets.length}</span>
      </h3>
      {props.assets.length === 0 && <p class="muted">{props.none}</p>}
      <SomeOf class="links" things={props.assets} first={shownAtFirst} keyOf={(asset) => asset}>
        {(asset) => <AssetLink asset={asset} />}
      </SomeOf>
    </section>
  );
}
