import { wellFormed } from "@dagster-sigma/foundation";

/** An id as a segment of a path. A lone surrogate, which no URL can contain, becomes U+FFFD. */
export function pathSegment(id: string): string {
  return encodeURIComponent(wellFormed(id));
}
