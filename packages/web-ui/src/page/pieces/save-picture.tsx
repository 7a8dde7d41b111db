import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type ElementPicture, elementSvg } from "../pictures/element-svg.ts";
import { download } from "./download.ts";

/** Pixels of the file per pixel of the screen. */
const sharpness = 2;

/** Largest side of a PNG, in pixels; browsers draw nothing on a larger canvas. */
const longestSide = 16_000;

/** Saves the picture of the view as SVG or PNG, or prints it. */
export function SavePicture(props: {
  /** Selector of the element. */
  readonly of: string;
  /** Name of the file, without its ending. */
  readonly name: string;
}): VNode {
  const { of } = props;
  // Names of assets may contain any character.
  const name = props.name.replace(/[/\\:*?"<>|\p{Cc}]/gu, "_");
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (type: "svg" | "png"): Promise<void> => {
    const element = document.querySelector<HTMLElement>(of);
    if (element === null) return;
    const picture = elementSvg(element);
    try {
      if (type === "svg") download(`${name}.svg`, new Blob([picture.svg], { type: "image/svg+xml" }));
      else download(`${name}.png`, await drawPng(picture));
      setFailure(null);
    } catch {
      setFailure("The picture is too large for a PNG: save it as SVG.");
    }
  };
  return (
    <span class="save-picture" data-not-in-picture>
      <button type="button" title="Save the picture as SVG" onClick={() => void save("svg")}>
        SVG
      </button>
      <button type="button" title="Save the picture as PNG" onClick={() => void save("png")}>
        PNG
      </button>
      <button type="button" onClick={() => print()}>
        Print
      </button>
      {failure !== null && <span role="alert">{failure}</span>}
    </span>
  );
}

async function drawPng({ svg, width, height }: ElementPicture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(sharpness, longestSide / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error("nothing drawn")) : resolve(blob)),
        "image/png",
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
