import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { columns, fetchDetails, model } from "../state/page-data.ts";
import { pointedColumn, selectedColumn } from "./lineage-state.ts";

/** Number of sources that are named. */
const mostNamed = 3;

/**
 * How the column that is pointed at, else the selected one, is computed. It takes the same room for each: the picture must not move
 * under the pointer.
 */
export function ColumnFormula(): VNode | null {
  const column = pointedColumn.value ?? selectedColumn.value;
  const known = columns.value;
  const asset = column === null ? undefined : model.value?.assets[known?.assetOf(column) ?? -1];
  const key = asset?.key ?? null;
  const name = column === null ? "" : (known?.nameOf(column) ?? "");
  const [formula, setFormula] = useState<string | null>(null);
  useEffect(() => {
    setFormula(null);
    if (key === null) return;
    let isWanted = true;
    void fetchDetails(key).then((details) => {
      const found = details?.columns.find((each) => each.name === name);
      if (isWanted) setFormula(found?.description ?? null);
    });
    return () => {
      isWanted = false;
    };
  }, [key, name]);
  if (column === null || known === null || asset === undefined)
    return (
      <p class="lineage-formula muted" role="status">
        Point at a column to see how it is computed, and select one to see only its lineage.
      </p>
    );
  const sources = [...known.index.upstream(column)].map(
    (source) => `${known.nameOf(source)} of ${model.value?.assets[known.assetOf(source)]?.name ?? ""}`,
  );
  const rest = sources.length - mostNamed;
  return (
    <p class="lineage-formula" role="status">
      <strong>{name}</strong> <span class="muted">of {asset.name}</span>
      {formula !== null && <code>{formula}</code>}
      {sources.length > 0 && (
        <span class="muted">
          computed from {sources.slice(0, mostNamed).join(", ")}
          {rest > 0 && ` and ${rest} more`}
        </span>
      )}
    </p>
  );
}
