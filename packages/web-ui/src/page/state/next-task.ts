/** Work on a large graph in one go would hold up whoever is already clicking: what waits for this is a task of its own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
