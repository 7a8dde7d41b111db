import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { fetchDetails } from "../state/page-data.ts";

/** How the affected columns of an asset are computed; loaded when a user asks for it. */
export function ColumnFormulas(props: {
  readonly assetKey: string;
  readonly columns: readonly string[];
}): VNode {
  const { assetKey, columns } = props;
  const [formulas, setFormulas] = useState<readonly (readonly [string, string | null])[] | null>(null);
  const load = async (): Promise<void> => {
    const details = await fetchDetails(assetKey);
    const known = new Map(details?.columns.map(({ name, description }) => [name, description]));
    setFormulas(columns.map((name) => [name, known.get(name) ?? null]));
  };
  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && formulas === null) void load();
      }}
    >
      <summary>How</summary>
      {formulas === null && <span class="muted">Loading …</span>}
      {formulas !== null && (
        <dl class="formulas">
          {formulas.map(([name, formula]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{formula === null ? <span class="muted">passed through</span> : <code>{formula}</code>}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
