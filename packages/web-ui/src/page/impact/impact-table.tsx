import type { ImpactedAsset } from "@dagster-sigma/asset-graph/impact";
import { groupBy } from "@dagster-sigma/foundation";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { GraphModel } from "../../model/graph-model.ts";
import { AssetLink } from "../details/asset-link.tsx";
import { changeView, view } from "../state/view-state.ts";
import { ColumnFormulas } from "./column-formulas.tsx";

/** Number of rows that are shown at once. */
const mostRows = 500;

const groupings = { "": "nothing", owner: "owner", folder: "folder", column: "changed column" } as const;
type Grouping = keyof typeof groupings;

/** The affected assets: which of their elements and columns, and through which assets. */
export function ImpactTable(props: {
  readonly graph: GraphModel;
  readonly rows: readonly ImpactedAsset[];
  /** Which of several changed columns affect an asset; null if fewer than two change. */
  readonly affecting: ReadonlyMap<number, string> | null;
}): VNode {
  const { graph, rows, affecting } = props;
  const [shown, setShown] = useState(mostRows);
  const by = Object.hasOwn(groupings, view.value.rows) ? (view.value.rows as Grouping) : "";
  const groups: readonly (readonly [string, readonly ImpactedAsset[]])[] =
    by === ""
      ? [["", rows]]
      : [
          ...groupBy(
            rows.flatMap((row) => groupsOf(graph, row, by, affecting)),
            ([name]) => name,
          ),
        ]
          .map(([name, all]) => [name, all.map(([, row]) => row)] as const)
          .sort(([, a], [, b]) => b.length - a.length);
  const offered = Object.entries(groupings).filter(([id]) => id !== "column" || affecting !== null);
  let left = shown;
  return (
    <>
      <p>
        <label>
          Group by{" "}
          <select value={by} onChange={({ currentTarget }) => changeView({ rows: currentTarget.value })}>
            {offered.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </p>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col">Folder</th>
            <th scope="col">Owner</th>
            <th scope="col">Elements and columns</th>
            <th scope="col">Reached through</th>
            <th scope="col">Link</th>
          </tr>
        </thead>
        {groups.map(([name, all]) => {
          const some = all.slice(0, Math.max(0, left));
          left -= some.length;
          return (
            <tbody key={name}>
              {by !== "" && some.length > 0 && (
                <tr class="group-row">
                  <th colSpan={6} scope="rowgroup">
                    {name} <span class="muted">{all.length}</span>
                  </th>
                </tr>
              )}
              {some.map((row) => (
                <Row key={row.asset} graph={graph} row={row} />
              ))}
            </tbody>
          );
        })}
      </table>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(rows.length)}>
          Show all {rows.length}
        </button>
      )}
    </>
  );
}

/** An asset with several owners is in the group of each. */
function groupsOf(
  graph: GraphModel,
  row: ImpactedAsset,
  by: Grouping,
  affecting: ReadonlyMap<number, string> | null,
): readonly (readonly [string, ImpactedAsset])[] {
  const { folder, owners } = graph.asset(row.asset);
  if (by === "column") return [[affecting?.get(row.asset) ?? "unknown", row]];
  if (by === "folder") return [[folder.join(" / ") || "No folder", row]];
  return (owners.length === 0 ? ["No owner"] : owners).map((owner) => [owner, row] as const);
}

function Row({ graph, row }: { readonly graph: GraphModel; readonly row: ImpactedAsset }): VNode {
  const { asset, columns, elements, certainty, through, hops } = row;
  const { key, folder, owners, url, urlLabel, columns: known } = graph.asset(asset);
  return (
    <tr>
      <td>
        <AssetLink asset={asset} />
      </td>
      <td>{folder.join(" / ")}</td>
      <td>{owners.join(", ")}</td>
      <td>
        {certainty === "column" ? (
          <>
            <Columns names={columns} elements={elements} />
            <ColumnFormulas assetKey={key} columns={columns} />
          </>
        ) : (
          <span class="muted">
            {known > 0 ? "reads it; none of its columns is computed from it" : "reads it; columns not loaded"}
          </span>
        )}
      </td>
      <td>
        {through.length === 0 ? "directly" : through.map((other) => graph.asset(other).name).join(", ")}
        {hops > 1 && <span class="muted"> · {hops} steps</span>}
      </td>
      <td>
        {url !== null && (
          <a href={url} target="_blank" rel="noreferrer">
            {urlLabel} ↗
          </a>
        )}
      </td>
    </tr>
  );
}

/** The columns, each element named once. */
function Columns(props: { readonly names: readonly string[]; readonly elements: readonly string[] }): VNode {
  const { names, elements } = props;
  const alone = names.filter((name) => !elements.some((element) => name.startsWith(`${element}/`)));
  return (
    <>
      {elements.map((element) => (
        <div key={element}>
          <strong>{element}:</strong>{" "}
          {names
            .filter((name) => name.startsWith(`${element}/`))
            .map((name) => name.slice(element.length + 1))
            .join(", ")}
        </div>
      ))}
      {alone.join(", ")}
    </>
  );
}
