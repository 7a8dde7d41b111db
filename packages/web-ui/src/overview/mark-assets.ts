/** 1 by index for each of the assets, and 0 for the others. @param count number of all assets */
export function markAssets(count: number, assets: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(count);
  for (const asset of assets) marks[asset] = 1;
  return marks;
}
