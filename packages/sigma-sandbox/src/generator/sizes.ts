/** Number of objects by number of workbooks: `first + ⌊workbooks / per⌋`. */
const growth = {
  member: { first: 5, per: 5 },
  table: { first: 12, per: 2 },
  dataset: { first: 4, per: 20 },
  dataModel: { first: 4, per: 20 },
} as const;

type Grown = keyof typeof growth;

export function countOf(kind: Grown, workbooks: number): number {
  const { first, per } = growth[kind];
  return first + Math.floor(workbooks / per);
}

/**
 * Number of workbooks of the smallest organization with this object. An object refers only to objects in that
 * organization, so a larger organization contains the smaller one unchanged.
 */
export function smallestSizeWith(kind: Grown | "workbook", index: number): number {
  if (kind === "workbook") return index + 1;
  const { first, per } = growth[kind];
  return Math.max(0, (index - first + 1) * per);
}
