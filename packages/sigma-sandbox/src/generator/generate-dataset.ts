import type { Connection, Dataset, WarehouseTable } from "../organization/organization.ts";
import type { OrganizationBuilder } from "../organization/organization-builder.ts";
import { carriesDatasets } from "./generate-tables.ts";
import { documentName, folderPath } from "./generated-names.ts";
import type { GenerationPlan, References } from "./generation-plan.ts";
import type { Random } from "./random.ts";

export function generateDataset(builder: OrganizationBuilder, plan: GenerationPlan, index: number): Dataset {
  const random = plan.random("dataset", index);
  const references = plan.within("dataset", index);
  const homes = plan.connections.filter((connection) => carriesDatasets(connection, plan));
  const home = homes[index % homes.length];
  if (home === undefined) throw new Error("There is no connection.");
  const isFull = plan.profile === "full";
  const isArchived = random.chance(10);
  const model = random.chance(15) ? references.anyDataModel(random) : null;
  const dataset = builder.dataset(
    folderPath(random, { mayBeHostile: isFull }),
    documentName(random, { suffix: "D", index, mayCollide: isFull }),
    {
      key: String(index),
      owner: references.member(random),
      // Sigma does not return the sources of an archived dataset; only the SQL of its readers shows them.
      from: sourcesOf(random, references, home, { tablesOnly: isArchived }),
      isArchived,
      ...(random.chance(60) ? { description: `Dataset number ${index + 1}.` } : {}),
      ...(random.chance(10) ? { badge: "Deprecated" } : {}),
      ...(model === null ? {} : { migratedTo: model }),
    },
  );
  plan.homes.set(dataset, home);
  return dataset;
}

function sourcesOf(
  random: Random,
  references: References,
  home: Connection,
  options: { readonly tablesOnly: boolean },
): readonly (WarehouseTable | Dataset)[] {
  const count = random.between(1, 2);
  const sources = Array.from({ length: count }, () =>
    !options.tablesOnly && random.chance(25)
      ? (references.dataset(random, home) ?? references.table(random, home))
      : references.table(random, home),
  );
  return [...new Set(sources.filter((source) => source !== null))];
}
