import { existsSync, type FSWatcher, mkdirSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";

/** Changes within this time are reported together: editors write a file in several steps. In ms. */
const quietMs = 100;

/**
 * Calls back when files in a folder change. Makes the folder where there is none. Returns a function that stops it.
 *
 * @param isWatched whether a file of this name is of interest
 * @param onChange gets the names of the files that changed
 */
export function watchFolder(
  folder: string,
  isWatched: (name: string) => boolean,
  onChange: (names: readonly string[]) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = new Set<string>();
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const watcher: FSWatcher = watch(folder, { persistent: false }, (_event, name) => {
    if (name === null || !isWatched(name)) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed];
      changed.clear();
      onChange(names);
    }, quietMs);
  });
  // The folder was removed.
  watcher.on("error", () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** Folders that hold no sources of the user. */
const isForeign = (name: string): boolean =>
  name.startsWith(".") || name === "node_modules" || name === "dist";

/** Most folders watched: a larger tree is not one of definitions. */
const maxFolders = 200;

/** Like `watchFolder`, with the folders that are in it at the start; packages and hidden folders are left out. */
export function watchTree(
  folder: string,
  isWatched: (name: string) => boolean,
  onChange: () => void,
): () => void {
  const folders = [folder];
  for (let at = 0; at < folders.length && folders.length < maxFolders; at++) {
    const inside = readdirSync(folders[at] as string, { withFileTypes: true });
    for (const entry of inside)
      if (entry.isDirectory() && !isForeign(entry.name)) folders.push(join(entry.parentPath, entry.name));
  }
  const stops = folders.slice(0, maxFolders).map((each) => watchFolder(each, isWatched, onChange));
  return () => {
    for (const stop of stops) stop();
  };
}
