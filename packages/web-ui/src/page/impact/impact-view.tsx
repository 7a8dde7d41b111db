import type { Impact } from "@dagster-sigma/asset-graph/impact";
import type { VNode } from "preact";
import { counted } from "../../model/format-count.ts";
import type { GraphModel } from "../../model/graph-model.ts";
import { focusSearch } from "../search/search-focus.ts";
import { model } from "../state/page-data.ts";
import { ChosenColumns } from "./chosen-columns.tsx";
import { ImpactActions } from "./impact-actions.tsx";
import { impactSubject } from "./impact-subject.ts";
import { ImpactTable } from "./impact-table.tsx";

/** What a change of an asset or of some of its columns affects, and owners to notify. */
export function ImpactView(): VNode {
  const graph = model.value;
  const subject = impactSubject.value;
  if (graph === null || subject === null) {
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
  const { impact, what, columns } = subject;
  return (
    <div class="page-view impact">
      <header>
        <h1>What breaks if {what} changes?</h1>
        <p>
          <Sum graph={graph} impact={impact} isColumn={columns.length > 0} />
        </p>
        <ChosenColumns key={subject.asset} subject={subject} />
        <ImpactActions subject={subject} />
      </header>
      <ImpactTable graph={graph} rows={impact.assets} affecting={subject.affecting} />
    </div>
  );
}

function Sum(props: {
  readonly graph: GraphModel;
  readonly impact: Impact;
  readonly isColumn: boolean;
}): VNode {
  const { graph, impact, isColumn } = props;
  const sure = impact.assets.filter(({ certainty }) => certainty === "column").length;
  const perhaps = impact.assets.length - sure;
  const owners = counted(impact.owners.length, "owner");
  if (!isColumn)
    return (
      <>
        {counted(impact.assets.length, "asset")} downstream{countProducts(graph, impact)}; of {owners}.
        {sure > 0 && ` ${sure} of them have columns that are computed from it.`}
      </>
    );
  const all = impact.assets.length + impact.unaffected.length;
  return (
    <>
      Of {counted(all, "asset")} downstream, {sure} {sure === 1 ? "uses" : "use"} the column for certain
      {perhaps > 0 && `, ${perhaps} may use it (their columns are not loaded)`}
      {impact.unaffected.length > 0 && `, and ${impact.unaffected.length} do not use it`}
      {countProducts(graph, impact)}; of {owners}.
    </>
  );
}

/** `, 3 workbooks among those affected`: of each kind that people read; empty in a graph without such kinds. */
function countProducts(model: GraphModel, { assets }: Impact): string {
  const counts = model.graph.kinds
    .filter(({ isReadByPeople }) => isReadByPeople === true)
    .map(({ id, name, plural }) => {
      const count = assets.filter(({ asset }) => model.kindOf(asset).id === id).length;
      return `${count} ${(count === 1 ? name : plural).toLowerCase()} among those affected`;
    });
  return counts.map((count) => `, ${count}`).join("");
}
