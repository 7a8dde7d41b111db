import { describe, expect, it } from "vitest";
import { formatProgress } from "../src/terminal/progress-line.ts";

const progress = { stage: "workbooks", done: 250, total: 1_000, requests: 800, retries: 0 };

describe("the progress line", () => {
  it("shows the stage, count and total, requests and their rate, and the time left", () => {
    expect(formatProgress(progress, 10_000, 10_000)).toEqual([
      "workbooks 250 of 1000",
      "800 requests, 80/s",
      "30 s left",
    ]);
    expect(formatProgress({ ...progress, retries: 3 }, 400_000, 400_000)).toEqual([
      "workbooks 250 of 1000",
      "800 requests, 2/s",
      "3 repeated",
      "20 min left",
    ]);
  });

  it("shows no estimate at the beginning", () => {
    expect(formatProgress({ ...progress, done: 1, requests: 4 }, 100, 100)).toEqual([
      "workbooks 1 of 1000",
      "4 requests",
    ]);
  });
});
