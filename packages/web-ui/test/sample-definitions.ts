import {
  AssetSpec,
  Definitions,
  MetadataValue,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import {
  createStaticDefinitionsSource,
  type InProcessDefinitionsSource,
} from "@dagster-sigma/definitions-host";
import { type PageContent, pageOutlet } from "../src/index.ts";

export const hostileName = `<img src=x onerror="window.broken=1"><script>window.broken=1</script>`;

/** Tables, a model and two workbooks, with columns and with a name that wants to be more than text. */
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
        metadata: {
          "dagster_sigma/name": "Sales",
          "dagster_sigma/path": "Analytics/Models",
          "dagster_sigma/web_url": MetadataValue.url("https://app.example.com/sales"),
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
        metadata: {
          "dagster_sigma/name": "Board",
          "dagster_sigma/path": "Finance",
          "dagster_sigma/web_url": MetadataValue.url("https://app.example.com/board"),
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
        metadata: {
          "dagster_sigma/name": hostileName,
          "dagster_sigma/path": "Finance",
          "dagster_sigma/web_url": MetadataValue.url("javascript:window.broken=1"),
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
