/** Definitions as the page gets them: encoded once for all requests. */
export interface PageContent {
  /** Changes whenever the content changes. */
  readonly version: string;
  readonly assets: number;
  /** A `PageGraph` as JSON. */
  readonly graph: Uint8Array<ArrayBuffer>;
  /** `PageColumns` as JSON. */
  readonly columns: Uint8Array<ArrayBuffer>;
  /** `PageAssetDetails` of each asset as JSON, one after the other in order of the assets. */
  readonly details: Uint8Array<ArrayBuffer>;
  /** Where in `details` those of each asset begin, and where the last ends. */
  readonly detailStarts: Uint32Array<ArrayBuffer>;
}
