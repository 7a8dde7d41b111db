/** A number that Dagster reads as a float: it must have a decimal point, which JavaScript's JSON omits (`1.0`). */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A value that is already serialized. */
export class WireJson {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

/** Values in Dagster's serialized JSON. Numbers are integers; others are a {@link Float}. */
export type WireValue =
  | null
  | boolean
  | string
  | number
  | Float
  | WireJson
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

/** An instance of one of Dagster's classes, with its name on the wire. */
export type WireRecord = { readonly __class__: string } & { readonly [key: string]: WireValue };

/** A member of one of Dagster's enums, for example `AssetExecutionType.UNEXECUTABLE`. */
export function enumMember(name: string): WireValue {
  return { __enum__: name };
}
