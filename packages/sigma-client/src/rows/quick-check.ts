import type { z } from "zod";

/** True only for what the schema takes; false says nothing. */
type QuickCheck = (value: unknown) => boolean;

/**
 * Whether a value surely fits a schema. It copies nothing and collects no reasons, so that it takes a tenth of the time
 * of a whole check; what it does not know about a schema, or a value, is left to that.
 */
export function surelyFits(schema: z.core.$ZodType, value: unknown): boolean {
  const known = checks.get(schema) ?? buildCheck(schema);
  checks.set(schema, known);
  return known(value);
}

const checks = new WeakMap<z.core.$ZodType, QuickCheck>();
const unsure: QuickCheck = () => false;

function buildCheck(schema: z.core.$ZodType): QuickCheck {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if ((def.checks?.length ?? 0) > 0 || "format" in def || "coerce" in def) return unsure;
  switch (def.type) {
    case "string":
    case "boolean":
      return (value) => typeof value === def.type;
    case "number":
      return Number.isFinite;
    case "optional":
    case "nullable": {
      const inner = buildCheck(def.innerType);
      const empty = def.type === "optional" ? undefined : null;
      return (value) => value === empty || inner(value);
    }
    case "array": {
      const element = buildCheck(def.element);
      return (value) => Array.isArray(value) && value.every(element);
    }
    case "union": {
      const options = def.options.map(buildCheck);
      return (value) => options.some((option) => option(value));
    }
    case "object":
      return buildObjectCheck(def);
    default:
      return unsure;
  }
}

function buildObjectCheck({ shape, catchall }: z.core.$ZodObjectDef): QuickCheck {
  if (catchall !== undefined && catchall._zod.def.type !== "unknown") return unsure;
  const fields = Object.entries(shape).map(([name, field]) => [name, buildCheck(field)] as const);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    for (const [name, check] of fields) if (!check((value as Record<string, unknown>)[name])) return false;
    return true;
  };
}
