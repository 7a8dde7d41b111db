import { hostileAnswers } from "./hostile-answers.ts";
import type { HostileCase } from "./hostile-case.ts";
import { hostilePages, hostileRows } from "./hostile-rows.ts";
import { hostileSizes } from "./hostile-sizes.ts";
import { hostileSignIns, hostileTimes } from "./hostile-times.ts";

/** Hostile answers, at least 60. */
export const hostileCases: readonly HostileCase[] = [
  ...hostileSizes,
  ...hostileTimes,
  ...hostileSignIns,
  ...hostileAnswers,
  ...hostilePages,
  ...hostileRows,
];
