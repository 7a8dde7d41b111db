import { describe, expect, it } from "vitest";
import { shownOutput } from "../src/terminal/shown-output.ts";

const esc = "\u001b";

describe("the output on a terminal", () => {
  it.each([
    ["plain text\n\twith tabs, 👩‍👧 and ␛\n"],
    [`${esc}[31mred${esc}[39m, ${esc}[1m${esc}[36mbold${esc}[22m${esc}[39m, ${esc}[38;5;208morange${esc}[0m`],
    [`\r${esc}[2Kworkbooks 1 of 2`],
    [`\r${esc}[2K`],
    [""],
  ])("keeps %j", (text) => {
    expect(shownOutput(text)).toBe(text);
  });

  it.each([
    [`${esc}[2J${esc}[H`, "␛[2J␛[H"],
    [`a${esc}]0;title\u0007b`, "a␛]0;title␇b"],
    [`${esc}]52;c;c2VjcmV0${esc}\\`, "␛]52;c;c2VjcmV0␛\\"],
    [`${esc}[8mhidden ${esc}[1;08;3mtoo`, "␛[8mhidden ␛[1;08;3mtoo"],
    [`line\r${esc}[2Kother`, "line␍␛[2Kother"],
    ["a\rb\bc\u007f", "a␍b␈c␡"],
    ["\u009b31m \u0085 \u2028", "\ufffd31m \ufffd \ufffd"],
    ["\u202eabc\u202c \u2066x\u2069", "\ufffdabc\ufffd \ufffdx\ufffd"],
    ["\ud800 \udc00", "\ufffd \ufffd"],
  ])("shows the control characters of %j", (text, shown) => {
    expect(shownOutput(text)).toBe(shown);
  });
});
