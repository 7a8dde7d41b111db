import type { VNode } from "preact";

const parts =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>'(?:[^']|'')*')|(?<quoted>"[^"]*"|`[^`]*`)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>\b(?:select|from|where|join|left|right|full|inner|outer|cross|on|using|group|order|by|having|limit|union|all|distinct|with|as|and|or|not|in|is|null|case|when|then|else|end|over|partition|between|like|lateral|qualify|asc|desc)\b)/gi;

/** SQL with its words told apart. */
export function SqlText({ sql }: { readonly sql: string }): VNode {
  const pieces: (VNode | string)[] = [];
  let at = 0;
  for (const match of sql.matchAll(parts)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? ["word"];
    pieces.push(sql.slice(at, match.index), <span class={`sql-${kind}`}>{match[0]}</span>);
    at = match.index + match[0].length;
  }
  pieces.push(sql.slice(at));
  return <pre class="sql">{pieces}</pre>;
}
