import { existsSync, type FSWatcher, mkdirSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";

/** Several changes at once, as editors make them, are one. */
const quietMs = 100;

/**
 * Calls back when a file in a folder changes, and its name is one to look at. Returns a function that stops it.
 *
 * @param isWatched told the name of the file
 */
export function watchFolder(
  folder: string,
  isWatched: (name: string) => boolean,
  onChange: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const watcher: FSWatcher = watch(folder, { persistent: false }, (_event, name) => {
    if (name === null || !isWatched(name)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  });
  // A folder that is gone has nothing more to tell.
  watcher.on("error", () => watcher.close());
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** Where nobody keeps sources of their own. */
const isForeign = (name: string): boolean =>
  name.startsWith(".") || name === "node_modules" || name === "dist";

/** A tree with more folders than this is not one of definitions. */
const mostFolders = 200;

/** As {@link watchFolder}, with the folders in it that there are now; those of packages and hidden ones are left out. */
export function watchTree(
  folder: string,
  isWatched: (name: string) => boolean,
  onChange: () => void,
): () => void {
  const folders = [folder];
  for (let at = 0; at < folders.length && folders.length < mostFolders; at++) {
    const inside = readdirSync(folders[at] as string, { withFileTypes: true });
    for (const entry of inside)
      if (entry.isDirectory() && !isForeign(entry.name)) folders.push(join(entry.parentPath, entry.name));
  }
  const stops = folders.slice(0, mostFolders).map((each) => watchFolder(each, isWatched, onChange));
  return () => {
    for (const stop of stops) stop();
  };
}
