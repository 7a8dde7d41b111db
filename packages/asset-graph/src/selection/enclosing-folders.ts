/** A folder and the folders that contain it, outermost first: their names joined with `/`. */
export function enclosingFolders(folder: readonly string[]): readonly string[] {
  return folder.map((_name, depth) => folder.slice(0, depth + 1).join("/"));
}
