import { existsSync, type FSWatcher, mkdirSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";

/** Debounce time, in ms: editors write a file in several steps. */
const quietMs = 100;

/**
 * Calls back when files in a folder change. Creates the folder if it does not exist. Returns a function that stops
 * watching.
 *
 * @param isWatched whether a file of this name is of interest
 * @param onChange receives the names of the changed files
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

/** Folders that contain no sources of the user. */
const isForeign = (name: string): boolean =>
  name.startsWith(".") || name === "node_modules" || name === "dist";

/** Maximum number of folders watched; a larger tree is unlikely to be one of definitions. */
const maxFolders = 200;

/** Like `watchFolder`, including the subfolders that exist at the start; packages and hidden folders are skipped. */
export function watchTree(
  folder: string,
  isWatched: (name: string) => boolean,
  onChange: () => void,
): () => void {
  const stops = foldersOf(folder).map((each) => watchFolder(each, isWatched, onChange));
  return () => {
    for (const stop of stops) stop();
  };
}

/** The files that `watchTree` would watch. */
export function filesInTree(folder: string, isWatched: (name: string) => boolean): readonly string[] {
  return foldersOf(folder).flatMap((each) =>
    readdirSync(each, { withFileTypes: true })
      .filter((entry) => entry.isFile() && isWatched(entry.name))
      .map(({ name }) => join(each, name)),
  );
}

function foldersOf(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = 0; at < folders.length && folders.length < maxFolders; at++) {
    const inside = readdirSync(folders[at] as string, { withFileTypes: true });
    for (const entry of inside)
      if (entry.isDirectory() && !isForeign(entry.name)) folders.push(join(entry.parentPath, entry.name));
  }
  return folders.slice(0, maxFolders);
}
