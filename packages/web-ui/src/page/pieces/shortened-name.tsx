import type { VNode } from "preact";

/** The end of a long name stays, because names of a series differ at the end. */
const tailLength = 7;

/** A name that loses its middle where there is no room. */
export function ShortenedName({ name }: { readonly name: string }): VNode {
  const letters = [...name];
  const isLong = letters.length >= 3 * tailLength;
  return (
    <>
      <span class="head">{isLong ? letters.slice(0, -tailLength).join("") : name}</span>
      <span class="tail">{isLong ? letters.slice(-tailLength).join("") : ""}</span>
    </>
  );
}
