/** What the page is told whenever it changes. */
export interface PageStatus {
  /** Of the content; null before there is any. */
  readonly version: string | null;
  /** Why the last load failed; null when it did not. */
  readonly failure: { readonly message: string; readonly code: string | null } | null;
  /** What is being done at the moment, for people; null when nothing is. */
  readonly progress: string | null;
  readonly canRefresh: boolean;
}
