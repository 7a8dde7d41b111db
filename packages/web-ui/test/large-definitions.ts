import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { seeded } from "./random-graph.ts";
import { dataModelKind, workbookKind } from "./sample-kinds.ts";

const folders = 20;

/** Tables, models on tables and workbooks on models, in twenty folders; most dependencies stay within a folder. */
export function largeDefinitions(count: number): Definitions {
  const random = seeded(11);
  const tables = Math.round(count * 0.42);
  const models = Math.round(count * 0.16);
  const near = (at: number, from: number, size: number): number => {
    const folder = random() < 0.85 ? at % folders : Math.floor(random() * folders);
    const inFolder = Math.floor(size / folders);
    return from + folder + folders * Math.floor(random() * Math.max(1, inFolder));
  };
  const tableKey = (at: number): readonly string[] => ["warehouse", `schema_${at % folders}`, `table_${at}`];
  const assets: AssetSpec[] = [];
  for (let at = 0; at < tables; at++) {
    assets.push(
      new AssetSpec({
        key: tableKey(at),
        kinds: ["table", "snowflake"],
        metadata: { "dagster/table_name": tableKey(at).join(".") },
      }),
    );
  }
  for (let at = 0; at < count - tables; at++) {
    const isModel = at < models;
    const name = `${isModel ? "Model" : "Workbook"} ${tables + at}`;
    const deps = new Set([0, 1].map(() => near(at, 0, isModel ? tables : models)));
    assets.push(
      new AssetSpec({
        key: name.replace(" ", "_"),
        deps: [...deps].map((dep) => (isModel ? tableKey(dep % tables) : `Model_${tables + (dep % models)}`)),
        kinds: ["sigma", isModel ? "data_model" : "workbook"],
        owners: [`owner${at % 40}@example.com`],
        presentation: {
          name,
          kind: isModel ? dataModelKind : workbookKind,
          folder: [`Folder ${at % folders}`, `Part ${at % 3}`],
          url: `https://app.example.com/${at}`,
          urlLabel: "Open in Sigma",
        },
      }),
    );
  }
  return new Definitions({ assets });
}
