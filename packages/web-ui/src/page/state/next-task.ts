/** Work on a large graph in one task would delay clicks: what awaits this is a task of its own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
