import type { VNode } from "preact";
import { type Grouping, groupings } from "../../model/grouping.ts";
import { changeView, view } from "../state/view-state.ts";
import { downloadPicture } from "./export-svg.ts";
import { fitPicture, zoomBy } from "./graph-actions.ts";
import { openBlocks } from "./graph-state.ts";
import { picture } from "./picture.ts";

const groupingNames: Readonly<Record<Grouping, string>> = {
  folder: "Folder",
  owner: "Owner",
  schema: "Warehouse schema",
  kind: "Kind",
  group: "Dagster group",
};

/** How the picture is made, and what can be done with it. */
export function GraphToolbar(): VNode {
  const hasGroups = (picture.value?.layout.blocks.length ?? 0) > 0;
  const areAllOpen = openBlocks.value.every(Boolean);
  return (
    <div class="graph-toolbar" role="toolbar" aria-label="Picture">
      {view.value.picture === "cards" && (
        <button
          type="button"
          onClick={() => changeView({ picture: "overview", focus: null, isTracing: false })}
        >
          Overview
        </button>
      )}
      {hasGroups && (
        <>
          <label>
            <span>Group by</span>
            <select
              value={view.value.grouping}
              onChange={({ currentTarget }) =>
                changeView({ grouping: currentTarget.value as Grouping, open: "auto", closed: [] })
              }
            >
              {groupings.map((grouping) => (
                <option key={grouping} value={grouping}>
                  {groupingNames[grouping]}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => changeView({ open: areAllOpen ? "none" : "all", closed: [] })}>
            {areAllOpen ? "Close all" : "Open all"}
          </button>
        </>
      )}
      <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => zoomBy(0.8)}>
        −
      </button>
      <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => zoomBy(1.25)}>
        +
      </button>
      <button type="button" title="Everything on the screen (f)" onClick={() => fitPicture()}>
        Fit
      </button>
      <button type="button" title="Save the picture as SVG" onClick={downloadPicture}>
        SVG
      </button>
    </div>
  );
}
