import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { download } from "./download.ts";

/** Copies a text. Where the clipboard is forbidden, or missing without TLS, a file replaces it. */
export function CopyButton(props: {
  readonly label: string;
  readonly file: string;
  readonly text: () => string;
}): VNode {
  const { label, file, text } = props;
  const [note, setNote] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setNote("Copied");
    } catch {
      download(file, text());
      setNote(`Saved as ${file}`);
    }
    setTimeout(() => setNote(null), 2_000);
  };
  return (
    <button type="button" aria-live="polite" onClick={() => void copy()}>
      {note ?? label}
    </button>
  );
}
