import {
  AssetSpec,
  Definitions,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import {
  createStaticDefinitionsSource,
  type InProcessDefinitionsSource,
} from "@dagster-sigma/definitions-host";
import { type PageContent, pageOutlet } from "../src/index.ts";
import { dataModelKind, workbookKind } from "./sample-kinds.ts";

export const hostileName = `<img src=x onerror="window.broken=1"><script>window.broken=1</script>`;

/** Tables, a model and two workbooks, with columns, and with a name that contains HTML. */
export function sampleDefinitions(): Definitions {
  const orders = ["shop", "sales", "orders"];
  return new Definitions({
    assets: [
      new AssetSpec({
        key: "Sales",
        deps: [orders, ["shop", "crm", "customers"]],
        kinds: ["sigma", "data_model"],
        owners: ["ann@example.com"],
        description: "What was sold.",
        presentation: {
          name: "Sales",
          kind: dataModelKind,
          folder: ["Analytics", "Models"],
          url: "https://app.example.com/sales",
          urlLabel: "Open in Sigma",
        },
        metadata: {
          "dagster/column_schema": new TableSchema({
            columns: [{ name: "Orders/Net", type: "number", description: "Sum([orders/NET])" }],
          }),
          "dagster/column_lineage": new TableColumnLineage({
            "Orders/Net": [new TableColumnDep(orders, "NET")],
          }),
        },
      }),
      new AssetSpec({
        key: "Board",
        deps: ["Sales"],
        kinds: ["sigma", "workbook"],
        owners: ["bob@example.com"],
        presentation: {
          name: "Board",
          kind: workbookKind,
          folder: ["Finance"],
          url: "https://app.example.com/board",
        },
        metadata: {
          "dagster/column_schema": new TableSchema({ columns: [{ name: "Chart/Revenue" }] }),
          "dagster/column_lineage": new TableColumnLineage({
            "Chart/Revenue": [new TableColumnDep("Sales", "Orders/Net")],
          }),
        },
      }),
      new AssetSpec({
        key: "Hostile",
        deps: ["Sales"],
        kinds: ["sigma", "workbook"],
        description: hostileName,
        presentation: {
          name: hostileName,
          kind: workbookKind,
          folder: ["Finance"],
          connection: hostileName,
          url: "javascript:window.broken=1",
          urlLabel: hostileName,
        },
      }),
    ],
  });
}

export function sampleSource(
  definitions: Definitions = sampleDefinitions(),
): InProcessDefinitionsSource<PageContent> {
  return createStaticDefinitionsSource(definitions, pageOutlet());
}
