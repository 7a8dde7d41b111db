/** Assets and columns by number, for fast traversal of dependencies. Runs in browsers. */
export { buildColumnData } from "./build-column-data.ts";
export type { ColumnData } from "./column-data.ts";
export { ColumnIndex, type ColumnPlace } from "./column-index.ts";
export { edgesOf } from "./edges-of.ts";
export { GraphIndex } from "./graph-index.ts";
