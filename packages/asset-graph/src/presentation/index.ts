/** How assets are shown to people. Runs in browsers. */

export type { Provenance, ProvenanceBasis } from "../provenance/provenance.ts";
export {
  type AssetIcon,
  type AssetKind,
  assetIcons,
  compareKinds,
  otherKind,
  tableKind,
} from "./asset-kind.ts";
export type { AssetPresentation, PresentedSchedule, PresentedStatement } from "./asset-presentation.ts";
