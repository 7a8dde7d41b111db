/** Applies an asynchronous function to all items, a bounded number at a time; results in the order of the items. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  maxRunning: number,
  apply: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = new Array(items.length);
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await apply(item);
  };
  await Promise.all(Array.from({ length: Math.min(maxRunning, items.length) }, worker));
  return results;
}
