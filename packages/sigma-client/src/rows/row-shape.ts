import { z } from "zod";

/**
 * The shape of a value in a response. The functions of this file build the schema and the quick check from one
 * declaration, so that they agree.
 */
export interface RowShape<Value> {
  /** Reports why a value is invalid. It copies the value and therefore takes several times as long as `fits`. */
  readonly schema: z.ZodType<Value>;
  /** Whether the schema accepts a value parsed from JSON. It copies nothing and collects no reasons. */
  readonly fits: (value: unknown) => boolean;
}

export const text: RowShape<string> = {
  schema: z.string(),
  fits: (value) => typeof value === "string",
};

export const nonEmptyText: RowShape<string> = {
  schema: z.string().min(1),
  fits: (value) => typeof value === "string" && value !== "",
};

/** A finite number; JSON has no others. */
export const number: RowShape<number> = { schema: z.number(), fits: Number.isFinite };

export const flag: RowShape<boolean> = {
  schema: z.boolean(),
  fits: (value) => typeof value === "boolean",
};

/** The value, null or undefined; a field with this shape may be missing. */
export function optional<Value>({ schema, fits }: RowShape<Value>): RowShape<Value | null | undefined> {
  return {
    schema: schema.nullish(),
    fits: (value) => value === undefined || value === null || fits(value),
  };
}

export function list<Value>({ schema, fits }: RowShape<Value>): RowShape<readonly Value[]> {
  return {
    schema: z.array(schema),
    fits: (value) => Array.isArray(value) && value.every(fits),
  };
}

/** One of two shapes. */
export function either<First, Second>(
  first: RowShape<First>,
  second: RowShape<Second>,
): RowShape<First | Second> {
  return {
    schema: z.union([first.schema, second.schema]),
    fits: (value) => first.fits(value) || second.fits(value),
  };
}

/** An object with any keys, and values of one shape. */
export function record<Value>({ schema, fits }: RowShape<Value>): RowShape<Readonly<Record<string, Value>>> {
  return {
    schema: z.record(z.string(), schema),
    fits: (value) => isObject(value) && Object.values(value).every(fits),
  };
}

/** A shape for each named field of an interface, without its index signature. */
export type FieldShapes<Row> = {
  readonly [Field in keyof Row as string extends Field ? never : Field]-?: RowShape<Row[Field]>;
};

/** An object with these fields. Unknown fields are allowed and stay. */
export function row<Row>(fields: FieldShapes<Row>): RowShape<Row> {
  const shapes = Object.entries<RowShape<unknown>>(fields);
  const checks = shapes.map(([name, { fits }]) => [name, fits] as const);
  const schema = z.looseObject(Object.fromEntries(shapes.map(([name, shape]) => [name, shape.schema])));
  return {
    // `FieldShapes` ties each field to its type in the interface; zod cannot express that link.
    schema: schema as unknown as z.ZodType<Row>,
    fits: (value) => {
      if (!isObject(value)) return false;
      for (const [name, fits] of checks) if (!fits(value[name])) return false;
      return true;
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
