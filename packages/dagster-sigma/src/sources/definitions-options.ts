import { dirname, join, resolve } from "node:path";
import { stateDirVariable } from "@dagster-sigma/sigma-assets";
import { fetchOptionsOf, type LoadOptions } from "../commands/load-options.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ServedDefinitionsOptions } from "./served-definitions.ts";
import { watchFolder, watchTree } from "./watch-files.ts";

/** Files of a definitions file's folder that may be part of it. */
const isSource = (name: string): boolean => /\.([cm]?[jt]s|json|env)$|^\.env$/.test(name);
const isState = (name: string): boolean => name.endsWith(".ndjson");

/** What a thread is told to load: what the options of a command stand for. */
export function definitionsOptions(
  terminal: Terminal,
  options: LoadOptions & { readonly snapshot?: string },
): ServedDefinitionsOptions {
  const file = options.file === undefined ? null : resolve(options.file);
  const folder = file === null ? process.cwd() : dirname(file);
  const {
    upstream: _upstream,
    onProgress: _onProgress,
    ...load
  } = fetchOptionsOf(options, new ProgressLine(terminal));
  return {
    file,
    stateDir: process.env[stateDirVariable] || join(folder, ".dagster-sigma", "state"),
    load: {
      ...load,
      keyStrategy: options.keys ?? "name",
      workbookColumns: options.workbookColumns === true,
      ...(options.snapshot === undefined ? {} : { snapshotPath: options.snapshot }),
      ...(options.dbtManifest === undefined ? {} : { dbtManifest: options.dbtManifest }),
    },
    warnOnLineageFetchError: options.failOnLineageError !== true,
    refresh: options.refresh === true,
  };
}

/** Calls back when the definitions file, what lies beside it, or the kept state changes. Returns a function that stops it. */
export function watchDefinitions(
  { file, stateDir }: ServedDefinitionsOptions,
  onChange: () => void,
): () => void {
  const stops = [
    ...(file === null ? [] : [watchTree(dirname(file), isSource, onChange)]),
    // Another process may refresh the state.
    watchFolder(stateDir, isState, onChange),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
