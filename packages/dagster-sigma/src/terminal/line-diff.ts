/** Lines of context around a change. */
const context = 3;

/** The lines between the first and the last changed line, with `-` and `+`, and three lines of context. */
export function formatLineDiff(before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const lines = [
    ...now.slice(Math.max(0, start - context), start).map((line) => `  ${line}`),
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
    ...now
      .slice(now.length - end)
      .slice(0, context)
      .map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
