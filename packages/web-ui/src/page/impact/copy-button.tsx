import type { VNode } from "preact";
import { useState } from "preact/hooks";

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

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
