import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesInTree, watchFolder, watchTree } from "./watch-files.ts";

/** Files in the definitions file's folder that may be part of the definitions. */
const isSource = (name: string): boolean => /\.([cm]?[jt]s|json|ya?ml|env)$|^\.env$/.test(name);

/** The files in the definitions file's folder whose changes `watchDefinitions` reports. */
export function sourceFiles(file: string): readonly string[] {
  return filesInTree(folderOf(file), isSource);
}

/** Definitions may be a folder themselves. */
function folderOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true ? file : dirname(file);
}

/** The files to watch, and the callbacks. */
export interface WatchedDefinitions {
  /** The definitions file, or a folder of definitions; null if there is none. */
  readonly file: string | null;
  /** The folder of saved states, which other processes may refresh. */
  readonly stateDir: string;
  /** Called when the definitions file, or a file in its folder or a subfolder, changed. */
  readonly onEdited: () => void;
  /** Called when a saved state was written, with its path. */
  readonly onStateChanged: (stateFile: string) => void;
}

/** Watches the files that definitions depend on. Returns a function that stops watching. */
export function watchDefinitions({
  file,
  stateDir,
  onEdited,
  onStateChanged,
}: WatchedDefinitions): () => void {
  const isState = (name: string): boolean => name.endsWith(".ndjson");
  const stops = [
    ...(file === null ? [] : [watchTree(folderOf(file), isSource, onEdited)]),
    watchFolder(stateDir, isState, (names) => {
      for (const name of names) onStateChanged(join(stateDir, name));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
