import { parseSync } from "oxc-parser";
import { walk } from "../imports/walk.mjs";

/**
 * Ranges of a file that contain prose, as offsets into its text.
 *
 * @param {string} path its extension selects the syntax
 * @param {string} text
 * @returns {{ readonly start: number, readonly end: number }[]}
 */
export function proseSpans(path, text) {
  if (path.endsWith(".md"))
    return outside(text, /^(```|~~~)[\s\S]*?^\1|^ {4}.*$|\]\([^)]*\)|<!--[\s\S]*?-->/gm);
  if (path.endsWith(".css")) return matches(text, /\/\*[\s\S]*?\*\//g);
  if (path.endsWith(".py")) return matches(text, /#.*(?:\n[ \t]*#.*)*|"""[\s\S]*?"""|"[^"\n]* [^"\n]*"/g);
  return spansOfSource(path, text);
}

/** Comments, where consecutive line comments count as one, and strings of two words or more. */
function spansOfSource(path, text) {
  const { comments, program } = parseSync(path, text);
  const spans = [];
  for (const { type, start, end } of comments) {
    const last = spans.at(-1);
    if (type === "Line" && last?.isLine && /^\r?\n[ \t]*$/.test(text.slice(last.end, start))) last.end = end;
    else spans.push({ start, end, isLine: type === "Line" });
  }
  walk(program, ({ type, value, start, end }) => {
    const isText = (type === "Literal" && typeof value === "string") || type === "JSXText";
    if (!isText && type !== "TemplateElement") return;
    // The range of a template element may include the backticks around it.
    const span = {
      start: text[start] === "`" ? start + 1 : start,
      end: text[end - 1] === "`" ? end - 1 : end,
    };
    if (/\w\s+\w/.test(text.slice(span.start, span.end))) spans.push(span);
  });
  return spans.map(({ start, end }) => ({ start, end }));
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
}

function outside(text, pattern) {
  const spans = [];
  let start = 0;
  for (const { start: end, end: next } of matches(text, pattern)) {
    spans.push({ start, end });
    start = next;
  }
  return [...spans, { start, end: text.length }];
}
