import { AssetDep, AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { seeded } from "./random-graph.ts";
import { dataModelKind, workbookKind } from "./sample-kinds.ts";

const connections = ["Snowflake production", "Snowflake development", "postgres"];
const departments = ["Finance", "Sales", "Marketing", "Product", "Operations", "People", "Support", "Legal"];
const subfolders = [
  "Data",
  "Team",
  "Reports",
  "A folder with quite a long name for a lane",
  "日本語レポート",
];

/**
 * A company whose folders differ a lot in size: 80 at the top by Zipf's law, folders of the same name in many of them, one folder of
 * 900 workbooks, long names, names that turn the direction of text, and two connections with databases of the same name.
 */
export function unequalDefinitions(): Definitions {
  const random = seeded(23);
  const zipf = (count: number): number => Math.floor(count ** random()) - 1;
  const folderOf = (): readonly string[] => {
    const at = zipf(81);
    const top = departments[at] ?? `Team of region ${at}`;
    const depth = random();
    if (depth < 0.3) return [top];
    const middle = subfolders[zipf(subfolders.length + 1)] ?? "Data";
    return depth < 0.8 ? [top, middle] : [top, middle, `Quarter ${1 + Math.floor(random() * 4)}`];
  };
  const tables = Array.from({ length: 900 }, (_table, at) => {
    const connection = connections[zipf(connections.length + 1)] ?? "postgres";
    const schema = `schema_${zipf(40)}`;
    const database = at % 3 === 0 ? "PROD" : "ANALYTICS_WAREHOUSE";
    return { connection, path: [database, schema, `table_${connection.length}_${at}`] };
  });
  const tableDep = (): AssetDep => {
    const { connection, path } = tables[zipf(tables.length)] ?? (tables[0] as (typeof tables)[number]);
    return new AssetDep([connection.replaceAll(" ", "_"), ...path], {
      metadata: { "dagster/table_name": path.join(".") },
      presentation: { connection, folder: path.slice(0, -1), name: path.at(-1) ?? "" },
    });
  };
  const models = Array.from({ length: 500 }, (_model, at) => {
    const deps = new Map(
      Array.from({ length: 1 + zipf(8) }, tableDep).map((dep) => [dep.assetKey.toString(), dep]),
    );
    return new AssetSpec({
      key: `model_${at}`,
      deps: [...deps.values(), ...(at > 20 && at % 3 === 0 ? [`model_${zipf(20)}`] : [])],
      kinds: ["sigma", "data_model"],
      presentation: { name: `Model ${at}`, kind: dataModelKind, folder: folderOf() },
    });
  });
  const workbooks = Array.from({ length: 3_000 }, (_workbook, at) => {
    const isDirect = random() < 0.3;
    return new AssetSpec({
      key: `workbook_${at}`,
      deps: [isDirect ? tableDep() : `model_${zipf(models.length)}`],
      kinds: ["sigma", "workbook"],
      owners: at % 4 === 0 ? [] : [`person.${zipf(200)}@example.com`],
      presentation: {
        name: at % 50 === 0 ? `\u202Etxet desrever ${at}` : `A workbook with quite a long name, number ${at}`,
        kind: workbookKind,
        folder: at < 900 ? ["One folder of everything"] : folderOf(),
        updatedAt: 1_700_000_000 + at * 10_000,
        isArchived: at % 70 === 0,
      },
    });
  });
  return new Definitions({ assets: [...models, ...workbooks] });
}
