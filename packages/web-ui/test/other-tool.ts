import { type AssetKind, AssetSpec, Definitions } from "@dagster-sigma/asset-graph";

const report: AssetKind = {
  id: "report",
  name: "Report",
  plural: "Reports",
  rank: 7.5,
  isReadByPeople: true,
};
const cube: AssetKind = { id: "cube", name: "Cube", plural: "Cubes", rank: 1.5 };

/** Assets of a fictional tool: cubes on a table, reports on cubes. */
export function otherToolDefinitions(): Definitions {
  const spec = (name: string, kind: AssetKind, folder: string, deps: readonly string[]): AssetSpec =>
    new AssetSpec({
      key: ["acme", name],
      deps: deps.map((dep) => (dep === "orders" ? ["db", "orders"] : ["acme", dep])),
      owners: ["team:acme"],
      presentation: {
        name: `${name} of Acme`,
        kind,
        folder: ["Acme", folder],
        url: `https://acme.example/${name}`,
        urlLabel: "Open in Acme",
      },
    });
  return new Definitions({
    assets: [
      spec("sales", cube, "Cubes", ["orders"]),
      spec("margins", cube, "Cubes", ["sales"]),
      spec("unused", cube, "Cubes", ["sales"]),
      spec("monthly", report, "Board", ["margins", "sales"]),
      spec("weekly", report, "Board", ["sales"]),
    ],
  });
}
