/**
 * The columns that a formula names in brackets, each as the names on the way to it: `[Orders/Amount]` is
 * `["Orders", "Amount"]`, `[Amount]` a column of the same element. `\` takes the meaning from the character after it.
 * Brackets within text are no reference.
 */
export function formulaReferences(formula: string): readonly (readonly string[])[] {
  const references: (readonly string[])[] = [];
  for (let at = 0; at < formula.length; at++) {
    if (formula[at] === '"') {
      at = endOfText(formula, at);
    } else if (formula[at] === "[") {
      const { names, end } = readReference(formula, at + 1);
      if (names.some((name) => name !== "")) references.push(names);
      at = end;
    }
  }
  return references;
}

/** The formula is one reference and nothing else: the column is passed through. */
export function isPassThrough(formula: string): boolean {
  const text = formula.trim();
  return text.startsWith("[") && readReference(text, 1).end === text.length - 1;
}

function endOfText(formula: string, start: number): number {
  let at = start + 1;
  while (at < formula.length && formula[at] !== '"') at += formula[at] === "\\" ? 2 : 1;
  return at;
}

function readReference(
  formula: string,
  start: number,
): { readonly names: readonly string[]; readonly end: number } {
  const names = [""];
  let at = start;
  for (; at < formula.length && formula[at] !== "]"; at++) {
    if (formula[at] === "/") names.push("");
    else {
      if (formula[at] === "\\") at++;
      names[names.length - 1] += formula[at] ?? "";
    }
  }
  return { names, end: at };
}
