import { type AssetKind, otherKind, tableKind } from "@dagster-sigma/asset-graph";

/** Kinds of the Sigma integration; the page itself only knows those of tables and others. */
const datasetKind: AssetKind = {
  id: "dataset",
  name: "Dataset",
  plural: "Datasets",
  rank: 1,
  icon: "dataset",
};
export const dataModelKind: AssetKind = {
  id: "dataModel",
  name: "Data model",
  plural: "Data models",
  rank: 2,
  icon: "model",
};
export const workbookKind: AssetKind = {
  id: "workbook",
  name: "Workbook",
  plural: "Workbooks",
  rank: 3,
  icon: "dashboard",
  isReadByPeople: true,
};

export const sampleKinds: readonly AssetKind[] = [
  tableKind,
  datasetKind,
  dataModelKind,
  workbookKind,
  otherKind,
];
