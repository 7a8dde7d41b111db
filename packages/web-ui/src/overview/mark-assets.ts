/** 1 by index for each of the assets, and 0 for the others. @param count number of all assets */
export function markAssets(count: number, ...assets: readonly Iterable<number>[]): Uint8Array {
  const marks = new Uint8Array(count);
  for (const some of assets) for (const asset of some) marks[asset] = 1;
  return marks;
}
