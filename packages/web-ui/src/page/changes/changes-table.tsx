import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { markSigns } from "../../model/change-marks.ts";
import { AssetLink } from "../details/asset-link.tsx";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { model } from "../state/page-data.ts";
import type { ChangeRow } from "./change-rows.ts";

/** Number of rows that are shown at once. */
const mostRows = 500;

const signs: Readonly<Record<ChangeRow["what"], string>> = {
  added: markSigns.added,
  removed: "−",
  changed: markSigns.changed,
};

/** The changed assets, and for each what it breaks. */
export function ChangesTable({ rows }: { readonly rows: readonly ChangeRow[] }): VNode {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, mostRows);
  return (
    <>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Asset</th>
            <th scope="col">Folder</th>
            <th scope="col">What changed</th>
            <th scope="col">What breaks</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.what} ${row.key}`}>
              <td class={`change ${row.what}`}>
                <span aria-hidden="true">{signs[row.what]}</span> {row.what}
              </td>
              <td>
                {row.asset !== null ? (
                  <AssetLink asset={row.asset} />
                ) : (
                  <span class="asset-link">
                    <KindIcon kind={row.kind} />
                    <span class="name">{row.name}</span>
                  </span>
                )}
              </td>
              <td>{row.folder.join(" / ")}</td>
              <td>
                {row.lines.map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </td>
              <td>
                {row.breaks.map((broken) => (
                  <Break key={broken.now} broken={broken} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown.length && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {rows.length}
        </button>
      )}
    </>
  );
}

function Break({ broken }: { readonly broken: ChangeRow["breaks"][number] }): VNode {
  const { now, columns, owners } = broken;
  const { url = null, urlLabel = null } = model.value?.assets[now] ?? {};
  return (
    <div class="break">
      <AssetLink asset={now} />
      {columns.length > 0 && <span>{columns.join(", ")}</span>}
      {owners.length > 0 && <span class="muted">{owners.join(", ")}</span>}
      {url !== null && (
        <a href={url} target="_blank" rel="noreferrer">
          {urlLabel} ↗
        </a>
      )}
    </div>
  );
}
