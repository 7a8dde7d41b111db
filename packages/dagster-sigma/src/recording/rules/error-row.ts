import { row } from "./container-rules.ts";
import { errorCode } from "./known-values.ts";
import { freeText } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** The body of an error answer, and errors within rows. */
export const errorAnswer: ValueRule = row("error", {
  requestId: freeText,
  message: freeText,
  code: errorCode,
});
