/** Definitions as the page gets them: finished bytes, made once. */
export interface PageContent {
  /** Another one whenever the content is another. */
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

/** Why there is no content, or none that is newer. */
export interface PageFailure {
  /** For people, with file and line where there are any. */
  readonly message: string;
  readonly code: string | null;
}

/** What the server shows at a moment. */
export interface PageState {
  /** The last that could be loaded; null before the first. */
  readonly content: PageContent | null;
  /** Of the last load; null when it went well. */
  readonly failure: PageFailure | null;
  /** What is being done at the moment, for people; null when nothing is. */
  readonly progress: string | null;
}

/** Where the server has what it shows. */
export interface PageContentSource {
  current(): PageState;
  /** Calls back whenever `current()` is another; returns a function that stops it. */
  onChange(listener: () => void): () => void;
  /** Fetches what changed; null where there is nothing to fetch from. */
  readonly refresh: (() => Promise<void>) | null;
  close(): Promise<void>;
}
