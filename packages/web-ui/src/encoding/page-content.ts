/** Definitions encoded for the page, once for all requests. */
export interface PageContent {
  /** Changes whenever the content changes. */
  readonly version: string;
  readonly assets: number;
  /** A `PackedGraph` as JSON, compressed with gzip. */
  readonly graph: Uint8Array<ArrayBuffer>;
  /** `PageColumns` as JSON, compressed with gzip. */
  readonly columns: Uint8Array<ArrayBuffer>;
  /** `PageIdentities` as JSON, compressed with gzip. */
  readonly identities: Uint8Array<ArrayBuffer>;
  /** Concatenated `PageAssetDetails` of the assets as JSON, in asset order. */
  readonly details: Uint8Array<ArrayBuffer>;
  /** Start offsets in `details` per asset, followed by the end of the last. */
  readonly detailStarts: Uint32Array<ArrayBuffer>;
}
