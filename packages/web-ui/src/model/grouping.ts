export const groupings = ["folder", "owner", "schema", "kind", "group"] as const;

/** What the assets of a lane are grouped by. */
export type Grouping = (typeof groupings)[number];
