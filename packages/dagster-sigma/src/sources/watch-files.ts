import { existsSync, type FSWatcher, mkdirSync, watch } from "node:fs";

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
