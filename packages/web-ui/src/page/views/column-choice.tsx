import type { VNode } from "preact";
import { changeView } from "../state/view-state.ts";
import type { CatalogColumn } from "./catalog-rows.ts";

/** Which columns of the catalog are shown; the name always is. */
export function ColumnChoice(props: {
  readonly columns: readonly CatalogColumn[];
  readonly hidden: readonly string[];
}): VNode {
  const { columns, hidden } = props;
  return (
    <details class="column-choice">
      <summary>Columns</summary>
      <fieldset>
        <legend class="unseen">Columns of the catalog</legend>
        {columns
          .filter(({ id }) => id !== "name")
          .map(({ id, title }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={!hidden.includes(id)}
                onChange={({ currentTarget }) =>
                  changeView({
                    hidden: currentTarget.checked ? hidden.filter((other) => other !== id) : [...hidden, id],
                  })
                }
              />{" "}
              {title}
            </label>
          ))}
      </fieldset>
    </details>
  );
}
