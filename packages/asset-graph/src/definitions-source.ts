import type { Diagnostic } from "@dagster-sigma/foundation";
import type { Definitions } from "./definitions.ts";

/** Definitions as they stand, and what is known about how they came to be. */
export interface CurrentDefinitions {
  readonly definitions: Definitions;
  readonly diagnostics: readonly Diagnostic[];
  /** When the oldest of the state behind the definitions was fetched, ISO 8601; null when they are hand-written. */
  readonly fetchedAt: string | null;
  /** The file that defines them; null when there is none. */
  readonly sourceFile: string | null;
}

/** Where outlets get definitions from, whatever they were made of. */
export interface DefinitionsSource {
  /** @throws the error with which the definitions last failed to load */
  current(): CurrentDefinitions;
  /** Calls back whenever `current()` has changed; returns a function that stops it. */
  onChange(listener: () => void): () => void;
  /** Brings the definitions up to date; absent when there is nothing to refresh. */
  refresh?(options: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (text: string) => void;
  }): Promise<void>;
  close(): Promise<void>;
}

/** A source that never changes: what was defined stays. */
export function createStaticDefinitionsSource(
  definitions: Definitions,
  sourceFile: string | null = null,
): DefinitionsSource {
  const reports = definitions.loadReports;
  const current: CurrentDefinitions = {
    definitions,
    diagnostics: reports.flatMap((report) => report.diagnostics),
    fetchedAt: reports.map((report) => report.fetchedAt).sort()[0] ?? null,
    sourceFile,
  };
  return {
    current: () => current,
    onChange: () => () => undefined,
    close: () => Promise.resolve(),
  };
}
