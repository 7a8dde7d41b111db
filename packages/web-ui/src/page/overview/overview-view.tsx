import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { counted, formatCount } from "../../model/format-count.ts";
import type { Lane } from "../../model/overview-part.ts";
import { type Lens, lenses } from "../../model/overview-part.ts";
import { nameOfEnd, type Overview, type PlacedLane } from "../../overview/overview.ts";
import { useMeasuredSize } from "../pictures/measured-size.ts";
import { SavePicture } from "../pieces/save-picture.tsx";
import { Welcome } from "../pieces/welcome.tsx";
import { selectedAssets } from "../search/selection.ts";
import { marks } from "../state/comparison.ts";
import { freshness } from "../state/dagster-state.ts";
import { model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { AssetsList } from "./assets-list.tsx";
import { OverviewBox } from "./overview-box.tsx";
import { onOverviewKey } from "./overview-keys.ts";
import { OverviewRibbons } from "./overview-ribbons.tsx";
import {
  isNarrow,
  laneColors,
  listLane,
  overview,
  overviewSize,
  pointedBox,
  reach,
} from "./overview-state.ts";

/** More cards cannot be read in one picture. */
const mostForCards = 300;

const lensNames: Readonly<Record<Lens, string>> = {
  problems: "Problems",
  changed: "Last changed",
  owners: "Owners",
  fresh: "Freshness in Dagster",
  changes: "Changes",
};

/** Every asset as a few boxes in three lanes: what is read, what is in between, what people read. */
export function OverviewView(): VNode {
  const stage = useRef<HTMLDivElement>(null);
  useMeasuredSize(stage, overviewSize);
  useEffect(
    () => () => {
      pointedBox.value = null;
    },
    [],
  );
  const current = overview.value;
  return (
    <section class={`overview${isNarrow.value ? " narrow" : ""}`} aria-label="Overview">
      <Welcome />
      <div class="overview-head">
        <Breadcrumbs />
        <label data-not-in-picture>
          Show on boxes{" "}
          <select
            value={view.value.lens}
            onChange={({ currentTarget }) =>
              changeView({ lens: currentTarget.value as Lens }, { isMinor: true })
            }
          >
            {lenses.filter(isOffered).map((lens) => (
              <option key={lens} value={lens}>
                {lensNames[lens]}
              </option>
            ))}
          </select>
        </label>
        {(selectedAssets.value?.size ?? model.value?.assets.length ?? 0) <= mostForCards && (
          <button type="button" data-not-in-picture onClick={() => changeView({ picture: "cards" })}>
            All cards
          </button>
        )}
        <SavePicture of=".overview" name="overview" />
      </div>
      {current !== null && !isNarrow.value && <LaneHeads current={current} />}
      <div
        ref={stage}
        class="overview-stage"
        data-boxes={current?.boxes.length ?? ""}
        onKeyDown={onOverviewKey}
      >
        {current !== null && (
          <>
            {!isNarrow.value && <OverviewRibbons />}
            {current.lanes.map((lane, at) => (
              <LaneSection key={lane.title} current={current} lane={lane} at={at as Lane} />
            ))}
          </>
        )}
      </div>
      <p class="overview-foot" role="status">
        {current !== null && footText(current)}
      </p>
      <AssetsList />
    </section>
  );
}

/** Changes are shown after something was compared, or has changed just now; freshness where a Dagster is known. */
function isOffered(lens: Lens): boolean {
  if (lens === "fresh") return freshness.value !== null || view.value.lens === lens;
  return lens !== "changes" || marks.value !== null || view.value.lens === lens;
}

function LaneHeads({ current }: { readonly current: Overview }): VNode {
  return (
    <div class="overview-lane-heads">
      {current.lanes.map((lane, at) => (
        <h2
          key={lane.title}
          id={`lane-${at}`}
          style={{ left: `${current.laneX[at as Lane]}px`, width: `${current.laneWidth}px` }}
        >
          <LaneTitle lane={lane} at={at as Lane} />
        </h2>
      ))}
    </div>
  );
}

function LaneTitle({ lane, at }: { readonly lane: PlacedLane; readonly at: Lane }): VNode {
  const all = formatCount(lane.all);
  return (
    <>
      <span class="square" style={{ background: laneColors[at] }} /> <strong>{lane.title}</strong>{" "}
      <span class="muted">{lane.shown === lane.all ? all : `${formatCount(lane.shown)} of ${all}`}</span>
      {lane.shown > 0 && (
        <button
          type="button"
          class="quiet list-lane"
          data-not-in-picture
          aria-label={`List of ${lane.title.toLowerCase()}`}
          onClick={() => listLane(at)}
        >
          List
        </button>
      )}
    </>
  );
}

function LaneSection(props: {
  readonly current: Overview;
  readonly lane: PlacedLane;
  readonly at: Lane;
}): VNode {
  const { current, lane, at } = props;
  const place = isNarrow.value ? {} : { left: `${current.laneX[at]}px`, width: `${current.laneWidth}px` };
  const hasParts = view.value.parts.length > 0;
  return (
    <section class="overview-lane" style={place} aria-labelledby={`lane-${at}`}>
      {isNarrow.value && (
        <h2 id={`lane-${at}`}>
          <LaneTitle lane={lane} at={at} />
        </h2>
      )}
      {lane.boxes.length === 0 && (
        <p class="muted">
          {at === 0 ? "No sources" : at === 1 ? "No datasets or data models" : "No workbooks"}
          {selectedAssets.value !== null ? " are selected" : hasParts ? " in this part" : " are known"}
        </p>
      )}
      <ul>
        {lane.boxes.map((box) => {
          const placed = current.boxes[box];
          return placed === undefined ? null : (
            <li key={placed.id}>
              <OverviewBox index={box} box={placed} />
            </li>
          );
        })}
      </ul>
      {at === 1 && current.gate !== null && <GateBand gate={current.gate} />}
    </section>
  );
}

function GateBand({ gate }: { readonly gate: NonNullable<Overview["gate"]> }): VNode {
  const lit = reach.value;
  const share = lit?.connections
    .filter(({ from, to }) => from === "gate" || to === "gate")
    .filter(({ isOwn }) => isOwn)
    .reduce((sum, { dependencies }) => sum + dependencies, 0);
  const all = formatCount(gate.dependencies);
  return (
    <div
      class={`overview-gate${lit === null ? "" : " lit"}`}
      style={{ top: `${gate.y}px`, height: `${gate.height}px` }}
    >
      <strong>Read directly</strong>{" "}
      <span>{share === undefined || share === 0 ? all : `${formatCount(share)} of ${all}`}</span>
      {gate.height > 50 && <span class="gate-note">no model in between</span>}
    </div>
  );
}

function Breadcrumbs(): VNode {
  const { parts } = view.value;
  return (
    <nav class="breadcrumbs" aria-label="Part of the overview">
      {parts.length === 0 ? (
        <strong>Everything</strong>
      ) : (
        <button type="button" class="quiet" onClick={() => changeView({ parts: [] })}>
          Everything
        </button>
      )}
      {parts.map(({ lane, path }, at) => (
        <span key={`${lane} ${path.join("/")}`}>
          <span class="muted"> › </span>
          <span class="square" style={{ background: laneColors[lane] }} />{" "}
          {at === parts.length - 1 ? (
            <strong>{path.join(lane === 0 ? "." : " / ")}</strong>
          ) : (
            <button type="button" class="quiet" onClick={() => changeView({ parts: parts.slice(0, at + 1) })}>
              {path.join(lane === 0 ? "." : " / ")}
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}

function footText(current: Overview): string {
  const graph = model.value;
  const lit = reach.value;
  if (graph !== null && graph.assets.length === 0)
    return "There are no assets yet: what the definitions define appears here.";
  if (lit !== null) {
    const name = nameOfEnd(current, lit.box);
    const workbooks = lit.products === 0 ? "" : `, ${counted(lit.products, "workbook")} among them`;
    return `${name} · fed by ${counted(lit.upstream, "asset")} · feeds ${counted(lit.downstream, "asset")}${workbooks}`;
  }
  const { ribbons, connections, dependencies, withinLanes, backward } = current;
  if (dependencies + withinLanes + backward === 0)
    return selectedAssets.value === null
      ? "No dependency is known."
      : "The selected assets do not depend on each other.";
  const others = [
    ...(withinLanes > 0 ? [`${formatCount(withinLanes)} more within a lane`] : []),
    ...(backward > 0 ? [`${formatCount(backward)} more from right to left, which are not drawn`] : []),
  ];
  const more = others.length === 0 ? "" : `, ${others.join(", ")}`;
  const total = connections.reduce((sum, connection) => sum + connection.dependencies, 0);
  const drawn = ribbons.reduce((sum, ribbon) => sum + ribbon.dependencies, 0);
  const known = `${formatCount(dependencies)} ${dependencies === 1 ? "dependency" : "dependencies"}`;
  if (ribbons.length === connections.length)
    return `All ${counted(ribbons.length, "connection")} of ${known}${more}. Point at a box to see what feeds it and what it feeds.`;
  return `${ribbons.length} strongest of ${counted(connections.length, "connection")}, ${Math.round((100 * drawn) / total)} % of ${known}${more}. Point at a box for all of its own.`;
}
