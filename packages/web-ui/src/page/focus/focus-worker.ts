import { buildFocusLayout } from "./build-focus-layout.ts";
import type { FocusAnswer, FocusQuestion } from "./fetch-focus-layout.ts";

addEventListener("message", ({ data: { id, request } }: MessageEvent<FocusQuestion>) => {
  let answer: FocusAnswer = { id, layout: null };
  try {
    answer = { id, layout: buildFocusLayout(request) };
  } catch {
    // The page draws it in its own way.
  }
  postMessage(answer);
});
