/** Asks again and again until the answer is true. Rejects after `withinMs`. */
export async function until(
  isReached: () => Promise<boolean>,
  withinMs = 20_000,
  pauseMs = 50,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs / 1_000} seconds.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
