import type { RunError } from "@dagster-sigma/sigma-client";
import { row } from "./container-rules.ts";
import { errorCode } from "./known-values.ts";
import { freeText } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

export const errorFields: Readonly<Record<"requestId" | "message" | "code", ValueRule>> = {
  requestId: freeText,
  message: freeText,
  code: errorCode,
};

/** The body of an error answer, and errors within rows. */
export const errorAnswer: ValueRule = row<RunError>("error", errorFields);
