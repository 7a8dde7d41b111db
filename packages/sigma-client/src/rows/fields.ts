import { flag, list, number, optional, type RowShape, text } from "./row-shape.ts";

/** A row as Sigma sent it: the fields that its interface names, and whatever else came with them. */
export interface Row {
  readonly [field: string]: unknown;
}

/** A field that may be missing, as most may: the fewer are required, the less one odd object can break. */
export type Optional<Value> = Value | null | undefined;

export const optionalText: RowShape<Optional<string>> = optional(text);
export const optionalNumber: RowShape<Optional<number>> = optional(number);
export const optionalFlag: RowShape<Optional<boolean>> = optional(flag);
export const optionalTexts: RowShape<Optional<readonly string[]>> = optional(list(text));

/** The fields that every kind of object has, all optional. */
export interface Audited extends Row {
  /** Member ids. */
  readonly createdBy?: Optional<string>;
  readonly updatedBy?: Optional<string>;
  /** ISO 8601 with milliseconds. */
  readonly createdAt?: Optional<string>;
  readonly updatedAt?: Optional<string>;
  readonly isArchived?: Optional<boolean>;
}

/** Shape of {@link Audited}, to spread into rows. */
export const audited: {
  readonly [Field in "createdBy" | "updatedBy" | "createdAt" | "updatedAt"]: typeof optionalText;
} & {
  readonly isArchived: typeof optionalFlag;
} = {
  createdBy: optionalText,
  updatedBy: optionalText,
  createdAt: optionalText,
  updatedAt: optionalText,
  isArchived: optionalFlag,
};

/** A document: what workbooks, data models and reports have in common. */
export interface DocumentFields extends Audited {
  readonly name?: Optional<string>;
  readonly url?: Optional<string>;
  /** Names of the folders above, outermost first, joined with `/`. */
  readonly path?: Optional<string>;
  /** Grows with each publication. */
  readonly latestVersion?: Optional<number>;
  readonly ownerId?: Optional<string>;
  readonly description?: Optional<string>;
}

/** Shape of {@link DocumentFields}, to spread into rows. */
export const documentFields: typeof audited & {
  readonly [Field in "name" | "url" | "path" | "ownerId" | "description"]: typeof optionalText;
} & { readonly latestVersion: typeof optionalNumber } = {
  ...audited,
  name: optionalText,
  url: optionalText,
  path: optionalText,
  latestVersion: optionalNumber,
  ownerId: optionalText,
  description: optionalText,
};
