import { dirname, join } from "node:path";
import { watchFolder, watchTree } from "./watch-files.ts";

/** Files of a definitions file's folder that may be part of it. */
const isSource = (name: string): boolean => /\.([cm]?[jt]s|json|ya?ml|env)$|^\.env$/.test(name);

export interface WatchedDefinitions {
  /** The definitions file; null where there is none. */
  readonly file: string | null;
  /** The folder of kept states, which other processes may refresh. */
  readonly stateDir: string;
  /** The definitions file, or a file in its folder or in those in it, changed. */
  readonly onEdited: () => void;
  readonly onStateChanged: (stateFile: string) => void;
}

/** Watches what definitions are made of. Returns a function that stops it. */
export function watchDefinitions({
  file,
  stateDir,
  onEdited,
  onStateChanged,
}: WatchedDefinitions): () => void {
  const isState = (name: string): boolean => name.endsWith(".ndjson");
  const stops = [
    ...(file === null ? [] : [watchTree(dirname(file), isSource, onEdited)]),
    watchFolder(stateDir, isState, (names) => {
      for (const name of names) onStateChanged(join(stateDir, name));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
