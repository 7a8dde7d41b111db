import type { WireForm } from "./answer-change.ts";
import { documentRows } from "./document-rows.ts";
import { lineageForms } from "./lineage-forms.ts";
import { otherSources } from "./other-sources.ts";
import { refusedRoutes } from "./refused-routes.ts";

/** A form of answers other than the usual one. */
export type WireVariant =
  | keyof typeof refusedRoutes
  | keyof typeof lineageForms
  | keyof typeof otherSources
  | keyof typeof documentRows;

/** All forms that documentation shows or that other clients observed, with the routes whose answers they change. */
export const wireVariants: Readonly<Record<WireVariant, WireForm>> = {
  ...refusedRoutes,
  ...lineageForms,
  ...otherSources,
  ...documentRows,
};
