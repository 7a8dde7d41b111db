import { printable, printableLines } from "@dagster-sigma/foundation";

/** Sequences of our own: the one with which a line is redrawn, and colors. */
const ownSequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: They are what is looked for.
  /(^\r\u001b\[2K)|(\u001b\[[\d;]*m)/;
/** Hidden text has no use. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: It is what is looked for.
const hiding = /^\u001b\[(?:[\d;]*;)?0*8(?:;|m)/;

/**
 * The output of a command as it is written to a terminal: all control characters but line ends, tabs and colors are
 * symbols, so that no text can move the cursor, hide or reorder other text, or use a terminal's other functions.
 */
export function shownOutput(text: string): string {
  return text
    .split(ownSequences)
    .map((part) => {
      if (part === undefined) return "";
      if (!ownSequences.test(part)) return printableLines(part);
      return hiding.test(part) ? printable(part) : part;
    })
    .join("");
}
