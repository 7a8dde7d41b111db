import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { ChangesView } from "./changes/changes-view.tsx";
import { LiveChanges } from "./changes/live-changes.tsx";
import { ColumnPopover } from "./details/column-popover.tsx";
import { DetailsPanel } from "./details/details-panel.tsx";
import { FilterRow } from "./filters/filter-row.tsx";
import { GraphView } from "./graph/graph-view.tsx";
import { Outline } from "./graph/outline.tsx";
import { ImpactView } from "./impact/impact-view.tsx";
import { LineageView } from "./lineage/lineage-view.tsx";
import { OverviewView } from "./overview/overview-view.tsx";
import { focusSearch } from "./search/search-focus.ts";
import { Announcement } from "./shell/announcement.tsx";
import { Boundary } from "./shell/boundary.tsx";
import { Header } from "./shell/header.tsx";
import { indexOfKey, model, status } from "./state/page-data.ts";
import { isLineageShown, isOverviewShown, view } from "./state/view-state.ts";
import { CatalogView } from "./views/catalog-view.tsx";
import { HealthView } from "./views/health-view.tsx";

export function App(): VNode {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      const isFind =
        (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !isField);
      if (!isFind) return;
      event.preventDefault();
      focusSearch();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const { tab, asset } = view.value;
  const version = model.value?.graph.version ?? "";
  useEffect(() => {
    const name = model.value?.assets[indexOfKey.value(asset) ?? -1]?.name;
    document.title = name === undefined ? "Asset graph" : `${name} · Asset graph`;
  }, [asset, version]);
  return (
    <>
      <Header />
      <Failure />
      <LiveChanges />
      {(tab === "catalog" || (tab === "graph" && !isLineageShown.value)) && <FilterRow />}
      <main class={`main in-${tab}`}>
        {model.value === null ? (
          <p class="loading" role="status">
            {status.value.progress ?? "Loading"} …
          </p>
        ) : (
          <>
            {tab === "graph" && <h1 class="unseen">Asset graph</h1>}
            <Boundary key={tab} what="This view" triedWith={version}>
              {tab === "graph" && isOverviewShown.value && <OverviewView />}
              {tab === "graph" && isLineageShown.value && <LineageView />}
              {tab === "graph" && !isOverviewShown.value && !isLineageShown.value && (
                <>
                  <Outline />
                  <GraphView>
                    <ColumnPopover />
                  </GraphView>
                </>
              )}
              {tab === "catalog" && <CatalogView />}
              {tab === "impact" && <ImpactView />}
              {tab === "changes" && <ChangesView />}
              {tab === "health" && <HealthView />}
            </Boundary>
            <Boundary key={`details ${asset}`} what="The details" triedWith={version}>
              <DetailsPanel />
            </Boundary>
            <Announcement />
          </>
        )}
      </main>
    </>
  );
}

/** Why what is shown is not the newest. */
function Failure(): VNode | null {
  const { failure } = status.value;
  if (failure === null) return null;
  return (
    <div class="failure" role="alert">
      <strong>
        The definitions could not be loaded
        {model.value === null ? "." : "; this is the graph as it was before."}
      </strong>
      <pre>{failure.message}</pre>
      {failure.code !== null && <span class="muted">{failure.code}</span>}
    </div>
  );
}
