/** Called for each part of a row that is left out: its JSON path, the expected type, and the value. */
type ReportPart = (path: string, expected: string, value: unknown) => void;

/** Stands for a value without a readable part; JSON has no symbols. */
export const unreadable: unique symbol = Symbol("unreadable");

/** The shape of a value in a response. */
export interface RowShape<Value> {
  /** Whether a value parsed from JSON is valid. It copies nothing. */
  readonly fits: (value: unknown) => boolean;
  /**
   * The readable part of a value, in which every field has its declared type. It reports each part that it leaves out. An
   * optional field is left out alone; a needed field takes the object that contains it along.
   */
  readonly read: (value: unknown, path: string, report: ReportPart) => Value | typeof unreadable;
  /** The id of an unreadable row, from another field than the id itself. */
  readonly otherId?: (row: Readonly<Record<string, unknown>>) => unknown;
}

function scalar<Value>(expected: string, fits: (value: unknown) => boolean): RowShape<Value> {
  return {
    fits,
    read: (value, path, report) => {
      if (fits(value)) return value as Value;
      report(path, expected, value);
      return unreadable;
    },
  };
}

/** Longer texts, of which Sigma sends none, would slow down everything that reads them. */
const maxTextLength = 1_000_000;

export const text: RowShape<string> = scalar(
  "a string",
  (value) => typeof value === "string" && value.length <= maxTextLength,
);

export const nonEmptyText: RowShape<string> = scalar(
  "a string that is not empty",
  (value) => typeof value === "string" && value !== "" && value.length <= maxTextLength,
);

const maxIdLength = 1_000;

/** An id that can be a part of a URL. */
export const id: RowShape<string> = scalar(
  "an id",
  (value) => typeof value === "string" && value !== "" && value.length <= maxIdLength,
);

/** A finite number; JSON has no others. */
export const number: RowShape<number> = scalar("a number", Number.isFinite);

export const flag: RowShape<boolean> = scalar("a boolean", (value) => typeof value === "boolean");

/** Any value, for a field that this project does not read; readers must check its type. */
export const unchecked: RowShape<unknown> = { fits: () => true, read: (value) => value };

/** The value, null or undefined; a field with this shape may be missing. */
export function optional<Value>({ fits, read }: RowShape<Value>): RowShape<Value | null | undefined> {
  return {
    fits: (value) => value === undefined || value === null || fits(value),
    read: (value, path, report) => {
      if (value === undefined || value === null) return value;
      const found = read(value, path, report);
      return found === unreadable ? undefined : found;
    },
  };
}

/** An array, without its unreadable items. */
export function list<Value>({ fits, read }: RowShape<Value>): RowShape<readonly Value[]> {
  return {
    fits: (value) => Array.isArray(value) && value.every(fits),
    read: (value, path, report) => {
      if (!Array.isArray(value)) {
        report(path, "an array", value);
        return unreadable;
      }
      return value.flatMap((item: unknown, index): readonly Value[] => {
        const found = read(item, `${path}[${index}]`, report);
        return found === unreadable ? [] : [found];
      });
    },
  };
}

/** An array that has another meaning without one of its items, such as a path. */
export function wholeList<Value>(item: RowShape<Value>): RowShape<readonly Value[]> {
  const { fits, read } = list(item);
  return {
    fits,
    read: (value, path, report) => {
      const found = read(value, path, report);
      return found === unreadable || found.length < (value as readonly unknown[]).length ? unreadable : found;
    },
  };
}

/** An object, or a string with the same meaning. */
export function objectOrText<Value>(shape: RowShape<Value>): RowShape<Value | string> {
  return orText(shape, isObject, "a string or an object");
}

/** An array, or a string with the same meaning. */
export function listOrText<Value>(shape: RowShape<Value>): RowShape<Value | string> {
  return orText(shape, Array.isArray, "a string or an array");
}

function orText<Value>(
  { fits, read }: RowShape<Value>,
  mayBeRead: (value: unknown) => boolean,
  expected: string,
): RowShape<Value | string> {
  return {
    fits: (value) => typeof value === "string" || fits(value),
    read: (value, path, report) => {
      if (typeof value === "string") return value;
      if (mayBeRead(value)) return read(value, path, report);
      report(path, expected, value);
      return unreadable;
    },
  };
}

/** An object with any keys, and values of one shape; without its unreadable values. */
export function record<Value>({ fits, read }: RowShape<Value>): RowShape<Readonly<Record<string, Value>>> {
  return {
    fits: (value) => isObject(value) && Object.values(value).every(fits),
    read: (value, path, report) => {
      if (!isObject(value)) {
        report(path, "an object", value);
        return unreadable;
      }
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, item]): readonly (readonly [string, Value])[] => {
          // The keys are data, so they are not part of the path.
          const found = read(item, `${path}.*`, report);
          return found === unreadable ? [] : [[name, found]];
        }),
      );
    },
  };
}

/** A shape for each named field of an interface, without its index signature. */
export type FieldShapes<Row> = {
  readonly [Field in keyof Row as string extends Field ? never : Field]-?: RowShape<Row[Field]>;
};

interface RowOptions {
  /** See {@link RowShape.otherId}. */
  readonly otherId?: (row: Readonly<Record<string, unknown>>) => unknown;
  /** Name of a field that this row cannot be used without; null if it has all. */
  readonly missing?: (row: Readonly<Record<string, unknown>>) => string | null;
}

/** An object with these fields. Unknown fields are allowed and stay. */
export function row<Row>(fields: FieldShapes<Row>, more: RowOptions = {}): RowShape<Row> {
  const { otherId, missing = () => null } = more;
  const shapes = Object.entries<RowShape<unknown>>(fields).filter(([, shape]) => shape !== unchecked);
  const checks = shapes.map(([name, { fits }]) => [name, fits] as const);
  return {
    ...(otherId === undefined ? {} : { otherId }),
    fits: (value) => {
      if (!isObject(value)) return false;
      for (const [name, fits] of checks) if (!fits(value[name])) return false;
      return missing(value) === null;
    },
    read: (value, path, report) => {
      if (!isObject(value)) {
        report(path, "an object", value);
        return unreadable;
      }
      const kept: Record<string, unknown> = { ...value };
      for (const [name, shape] of shapes) {
        if (shape.fits(value[name])) continue;
        const found = shape.read(value[name], fieldPath(path, name), report);
        if (found === unreadable) return unreadable;
        if (found === undefined) delete kept[name];
        else kept[name] = found;
      }
      const lacking = missing(kept);
      if (lacking !== null) {
        report(fieldPath(path, lacking), "a string that is not empty", undefined);
        return unreadable;
      }
      // `FieldShapes` ties each field to its type in the interface.
      return kept as Row;
    },
  };
}

/** Whether a field has a text; null, absent and empty texts are the same. */
export function hasText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** Some keys are data, and may be of any length. */
export function fieldPath(path: string, name: string): string {
  return `${path}.${name.length > 100 ? `${name.slice(0, 99)}…` : name}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
