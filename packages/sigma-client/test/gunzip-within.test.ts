import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { AnswerBudget, AnswerShare } from "../src/http/answer-budget.ts";
import { gunzipWithin } from "../src/http/gunzip-within.ts";

const text = "x".repeat(1_000);
/** Ends with the size of its last part only. */
const inParts = Buffer.concat([gzipSync(text), gzipSync("end")]);

/** The content, and the memory that it reserved. */
async function read(
  body: Buffer,
  maxBytes: number,
): Promise<{ readonly content: string; readonly heldBytes: number }> {
  const budget = new AnswerBudget(1_000_000);
  const content = await gunzipWithin(body, maxBytes, new AnswerShare(budget));
  return { content: content.toString(), heldBytes: budget.heldBytes };
}

describe("gunzipWithin", () => {
  it("reserves the size that the body says", async () => {
    await expect(read(gzipSync(text), 50_000)).resolves.toEqual({ content: text, heldBytes: 1_000 });
    await expect(read(gzipSync(""), 50_000)).resolves.toEqual({ content: "", heldBytes: 1 });
  });

  it("reserves the limit for a body that is larger than it says, and reads it up to the limit", async () => {
    await expect(read(inParts, 50_000)).resolves.toEqual({ content: `${text}end`, heldBytes: 50_000 });
    await expect(read(inParts, 1_003)).resolves.toEqual({ content: `${text}end`, heldBytes: 1_003 });
    await expect(read(inParts, 1_002)).rejects.toMatchObject({ limit: "1002 bytes" });
  });

  it("does not reserve more than the limit, whatever the body says", async () => {
    const budget = new AnswerBudget(1_000_000);
    const reading = gunzipWithin(gzipSync(text), 999, new AnswerShare(budget));
    await expect(reading).rejects.toMatchObject({ limit: "999 bytes" });
    expect(budget.heldBytes).toBe(999);
    await expect(read(Buffer.from("no"), 999)).rejects.toMatchObject({ code: "Z_DATA_ERROR" });
  });
});
