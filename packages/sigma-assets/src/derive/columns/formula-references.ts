/**
 * The column references of a formula, split into names: `[Orders/Amount]` is `["Orders", "Amount"]`, `[Amount]` is a
 * column of the same element. `\` escapes the next character. Brackets in string literals are not references.
 */
export function formulaReferences(formula: string): readonly (readonly string[])[] {
  const references: (readonly string[])[] = [];
  const hasEscapes = formula.includes("\\");
  const textOrReference = /["[]/g;
  for (let found = textOrReference.exec(formula); found !== null; found = textOrReference.exec(formula)) {
    const start = found.index + 1;
    const end = endOf(formula, start, found[0] === "[" ? "]" : '"', hasEscapes);
    textOrReference.lastIndex = end + 1;
    if (found[0] !== "[") continue;
    const names = namesIn(formula.slice(start, end));
    if (names.some((name) => name !== "")) references.push(names);
  }
  return references;
}

/** Whether the formula is a single reference, so that the column is passed through. */
export function isPassThrough(formula: string): boolean {
  const text = formula.trim();
  return text.startsWith("[") && endOf(text, 1, "]", text.includes("\\")) === text.length - 1;
}

/** The position of the closing character; the length of the formula if it is missing. */
function endOf(formula: string, start: number, closing: string, hasEscapes: boolean): number {
  let end = start;
  if (hasEscapes)
    while (end < formula.length && formula[end] !== closing) end += formula[end] === "\\" ? 2 : 1;
  else end = formula.indexOf(closing, start);
  return end < 0 ? formula.length : end;
}

function namesIn(reference: string): readonly string[] {
  if (!reference.includes("\\")) return reference.split("/");
  const names = [""];
  for (let at = 0; at < reference.length; at++) {
    if (reference[at] === "/") names.push("");
    else {
      if (reference[at] === "\\") at++;
      names[names.length - 1] += reference[at] ?? "";
    }
  }
  return names;
}
