import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  escapeReservedKeys,
  escapeReservedKeysDeep,
  escapeReservedTags,
} from "../src/wire/escape-reserved-keys.ts";
import { toWireJson } from "../src/wire/wire-json.ts";
import { Float } from "../src/wire/wire-record.ts";

describe("text on the wire", () => {
  it("is JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(JSON.parse(toWireJson(value as never))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("writes floats with a decimal point, and integers without", () => {
    expect(toWireJson({ float: new Float(2), int: 2, half: new Float(0.5), large: new Float(1e22) })).toBe(
      '{"float":2.0,"int":2,"half":0.5,"large":1e+22}',
    );
    expect(
      toWireJson([Number.NaN, Number.NEGATIVE_INFINITY, Infinity, -0].map((value) => new Float(value))),
    ).toBe("[NaN,-Infinity,Infinity,0.0]");
  });
});

describe("user data", () => {
  it("has no key that Dagster would interpret as a marker, and is otherwise unchanged", () => {
    const marks = ["__class__", "__enum__", "__set__", "__frozenset__", "__mapping_items__"];
    const key = fc.oneof(fc.string(), fc.constantFrom(...marks));
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.constantFrom(null, true, false),
        fc.array(tie("any")),
        fc.dictionary(key, tie("any")),
      ),
    })).any;
    fc.assert(
      fc.property(value, (data) => {
        const text = JSON.stringify(escapeReservedKeysDeep(data as never));
        for (const mark of marks) expect(text).not.toContain(`"${mark}":`);
        expect(JSON.parse(text.replaceAll(/"user:(__\w+__)":/g, '"$1":'))).toEqual(
          JSON.parse(JSON.stringify(data)),
        );
      }),
    );
    expect(escapeReservedTags({ __class__: "x", a: "b" })).toEqual({ "user.__class__": "x", a: "b" });
    expect(escapeReservedKeys({ __class__: "x", a: "b" })).toEqual({ "user:__class__": "x", a: "b" });
  });
});
