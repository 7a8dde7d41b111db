import { describe, expect, it } from "vitest";
import { checkTranslator } from "../../../src/derive/translate/check-translator.ts";
import { DagsterSigmaTranslator } from "../../../src/index.ts";

describe("a translator", () => {
  it.each([
    ["an instance", new DagsterSigmaTranslator()],
    ["an object with the method", { getAssetSpec: () => undefined }],
    ["a function", () => undefined],
  ])("may be %s", (_what, given) => {
    expect(checkTranslator(given as never)).toBe(given);
  });

  it.each([
    ["null", null, "null"],
    ["a text", "MyTranslator", "a value of type string"],
    ["an object without the method", {}, "a value of type object"],
    ["an object whose method is none", { getAssetSpec: true }, "a value of type object"],
    ["a class", DagsterSigmaTranslator, "the class DagsterSigmaTranslator instead of an instance"],
  ])("cannot be %s", (_what, given, got) => {
    expect(() => checkTranslator(given as never)).toThrow(
      expect.objectContaining({
        code: "TRANSLATOR_INVALID",
        message: `The option dagsterSigmaTranslator got ${got}.`,
      }),
    );
  });
});
