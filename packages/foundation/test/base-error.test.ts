import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ConfigurationError, DagsterSigmaError, errorText } from "../src/index.ts";

describe("DagsterSigmaError", () => {
  it("has its code, hint and cause, and its class name", () => {
    const cause = new Error("disk full");
    const error = new ConfigurationError({ code: "X_Y", message: "No room.", hint: "Make room.", cause });
    expect(error).toMatchObject({
      code: "X_Y",
      message: "No room.",
      hint: "Make room.",
      name: "ConfigurationError",
    });
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(DagsterSigmaError);
  });

  it("is recognized by its brand, even if its class comes from another copy of the package", () => {
    const copy = Object.assign(new Error("x"), { [Symbol.for("dagster-sigma.error")]: true });
    expect(DagsterSigmaError.isInstance(copy)).toBe(true);
    expect(DagsterSigmaError.isInstance(new Error("x"))).toBe(false);
    expect(DagsterSigmaError.isInstance(null)).toBe(false);
  });

  it("does not show its name and brand as properties when it is printed", () => {
    const printed = inspect(new DagsterSigmaError({ code: "A", message: "b" }));
    expect(printed).not.toContain("Symbol(");
    expect(printed.match(/DagsterSigmaError/g)).toHaveLength(1);
  });
});

describe("errorText", () => {
  it("is never empty", () => {
    expect(errorText(new TypeError(""))).toBe("TypeError");
    expect(errorText("plain")).toBe("plain");
    expect(errorText(undefined)).toBe("undefined");
  });
});
