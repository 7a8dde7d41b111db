import {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type ImpactedAsset,
  impactCsv,
  impactMarkdown,
} from "@dagster-sigma/asset-graph/impact";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { GraphModel } from "../../model/graph-model.ts";
import { AssetLink } from "../details/asset-link.tsx";
import { selectedColumn, selectedIndex } from "../graph/graph-state.ts";
import { focusSearch } from "../search/search-focus.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView } from "../state/view-state.ts";

/** Number of rows that are shown at once. */
const mostRows = 500;

/** What a change of the selected table or column reaches, as a list to hand on. */
export function ImpactView(): VNode {
  const graph = model.value;
  const at = selectedIndex.value;
  if (graph === null || at === null) {
    return (
      <div class="page-view empty">
        <h1>What breaks if this changes?</h1>
        <p>Choose a table, a model or one of its columns.</p>
        <button type="button" class="primary" onClick={() => focusSearch()}>
          Choose …
        </button>
      </div>
    );
  }
  const column = selectedColumn.value;
  const known = columns.value;
  const impact =
    column !== null && known !== null ? buildColumnImpact(graph, known, column) : buildAssetImpact(graph, at);
  const name = graph.asset(at).name;
  const what = column !== null && known !== null ? `${known.nameOf(column)} of ${name}` : name;
  return (
    <div class="page-view">
      <header>
        <h1>What breaks if {what} changes?</h1>
        <p>
          <Sum graph={graph} impact={impact} />
          {column === null &&
            graph.asset(at).columns > 0 &&
            " Choose a column in the panel to be more exact."}
        </p>
        <div class="actions">
          {column !== null && (
            <button type="button" onClick={() => changeView({ column: null })}>
              The whole of {name}
            </button>
          )}
          <CopyButton
            label="Copy as Markdown"
            text={() => impactMarkdown(graph, impact, `What breaks if ${what} changes`)}
          />
          <button type="button" onClick={() => download("impact.csv", impactCsv(graph, impact))}>
            Save as CSV
          </button>
        </div>
      </header>
      {impact.owners.length > 0 && (
        <p class="owners">
          <strong>Owners to notify:</strong>{" "}
          {impact.owners.map(([owner, count]) => `${owner} (${count})`).join(", ")}
        </p>
      )}
      <ImpactTable graph={graph} rows={impact.assets} />
    </div>
  );
}

function Sum({ graph, impact }: { readonly graph: GraphModel; readonly impact: Impact }): VNode {
  const readByPeople = countProducts(graph, impact);
  const sure = impact.assets.filter(({ certainty }) => certainty === "column").length;
  return (
    <>
      {counted(impact.assets.length, "asset")}
      {readByPeople}; of {counted(impact.owners.length, "owner")}.
      {sure > 0 && ` ${sure === 1 ? "One uses" : `${sure} use`} the column for certain.`}
    </>
  );
}

/** `, 3 of them workbooks`: how many of each kind that people read; empty in a graph without such kinds. */
function countProducts(model: GraphModel, { assets }: Impact): string {
  const counts = model.graph.kinds
    .filter(({ isReadByPeople }) => isReadByPeople === true)
    .map(({ id, name, plural }) => {
      const count = assets.filter(({ asset }) => model.kindOf(asset).id === id).length;
      return `${count} of them ${(count === 1 ? `a ${name}` : plural).toLowerCase()}`;
    });
  return counts.map((count) => `, ${count}`).join("");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function ImpactTable({
  graph,
  rows,
}: {
  readonly graph: GraphModel;
  readonly rows: readonly ImpactedAsset[];
}): VNode {
  const [shown, setShown] = useState(mostRows);
  return (
    <>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col">Folder</th>
            <th scope="col">Owner</th>
            <th scope="col">Elements and columns</th>
            <th scope="col">Steps</th>
            <th scope="col">Link</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ asset, columns: names, elements, certainty, hops }) => {
            const { folder, owners, url, urlLabel } = graph.asset(asset);
            return (
              <tr key={asset}>
                <td>
                  <AssetLink asset={asset} />
                </td>
                <td>{folder.join(" / ")}</td>
                <td>{owners.join(", ")}</td>
                <td>
                  {certainty === "column" ? (
                    <Columns names={names} elements={elements} />
                  ) : (
                    <span class="muted">reads it; columns not known</span>
                  )}
                </td>
                <td class="number">{hops}</td>
                <td>
                  {url !== null && (
                    <a href={url} target="_blank" rel="noreferrer">
                      {urlLabel} ↗
                    </a>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(rows.length)}>
          Show all {rows.length}
        </button>
      )}
    </>
  );
}

/** The columns, each element named once. */
function Columns({
  names,
  elements,
}: Pick<ImpactedAsset, "elements"> & { readonly names: readonly string[] }): VNode {
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

function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }): VNode {
  const [note, setNote] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setNote("Copied");
    } catch {
      // The clipboard is forbidden, or missing without TLS: a file replaces it.
      download("impact.md", text());
      setNote("Saved as impact.md");
    }
    setTimeout(() => setNote(null), 2_000);
  };
  return (
    <button type="button" aria-live="polite" onClick={() => void copy()}>
      {note ?? label}
    </button>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
