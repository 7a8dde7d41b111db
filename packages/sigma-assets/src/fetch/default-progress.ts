import type { FetchProgress } from "./fetch-context.ts";

let listener: ((progress: FetchProgress) => void) | null = null;

/**
 * Who is told how far loads are that name no `onProgress` of their own: for programs that load somebody else's definitions
 * file. One for the thread; null for nobody.
 */
export function setDefaultProgress(next: ((progress: FetchProgress) => void) | null): void {
  listener = next;
}

export function defaultProgress(progress: FetchProgress): void {
  listener?.(progress);
}
