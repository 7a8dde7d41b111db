import type { ProvenanceBasis } from "@dagster-sigma/asset-graph/presentation";
import type { VNode } from "preact";
import type { PageAssetDetails } from "../../model/page-graph.ts";
import { model } from "../state/page-data.ts";

const basisTexts: Readonly<Record<ProvenanceBasis, string>> = {
  reported: "reported",
  formula: "read from formulas",
  sql: "read from SQL",
  name: "concluded from names",
};

/** How each dependency of an asset is known. */
export function Provenances({ details }: { readonly details: PageAssetDetails }): VNode | null {
  const graph = model.value;
  const { provenances } = details;
  if (graph === null || provenances.length === 0) return null;
  const names = new Map(graph.assets.map(({ key, name }) => [key, name]));
  return (
    <details class="provenances">
      <summary>How these are known</summary>
      <dl class="facts">
        {provenances.map(({ asset, told }) => (
          <div key={asset}>
            <dt title={asset}>{names.get(asset) ?? asset}</dt>
            <dd>
              {told.map(({ basis, route }) => (
                <div key={`${basis} ${route}`}>
                  {basisTexts[basis]} <span class="muted">{route}</span>
                </div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
