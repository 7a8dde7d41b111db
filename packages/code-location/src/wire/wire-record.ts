/** A number that Dagster reads into a float: it must have a point, which JSON out of JavaScript leaves out (`1.0`). */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What Dagster's serialised texts are made of. Numbers are whole; others are a {@link Float}. */
export type WireValue =
  | null
  | boolean
  | string
  | number
  | Float
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

/** An object of one of Dagster's classes, under the name that it has on the wire. */
export type WireRecord = { readonly __class__: string } & { readonly [key: string]: WireValue };

/** A member of one of Dagster's enums, for example `AssetExecutionType.UNEXECUTABLE`. */
export function enumMember(name: string): WireValue {
  return { __enum__: name };
}
