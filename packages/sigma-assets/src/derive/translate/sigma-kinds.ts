import type { AssetKind } from "@dagster-sigma/asset-graph";
import type { SigmaAssetObject } from "../objects/organization-objects.ts";

const dataset: AssetKind = { id: "dataset", name: "Dataset", plural: "Datasets", rank: 1, icon: "dataset" };
const dataModel: AssetKind = {
  id: "dataModel",
  name: "Data model",
  plural: "Data models",
  rank: 2,
  icon: "model",
};
const workbook: AssetKind = {
  id: "workbook",
  name: "Workbook",
  plural: "Workbooks",
  rank: 3,
  icon: "dashboard",
  isReadByPeople: true,
};

/** What people call each type of object, in the order in which data flows: datasets, data models, workbooks. */
export const sigmaKinds: Readonly<Record<SigmaAssetObject["type"], AssetKind>> = {
  dataset,
  dataModel,
  dataModelElement: dataModel,
  workbook,
};
