export const groupings = ["folder", "owner", "schema", "kind", "group"] as const;

/** The property by which the assets of a lane are grouped. */
export type Grouping = (typeof groupings)[number];
