import { flag, list, number, optional, type RowShape, text, unchecked } from "./row-shape.ts";

/** A row as Sigma sent it: the fields of its interface, and all other fields of the response. */
export interface Row {
  /** Fields that the interface does not declare. */
  readonly [field: string]: unknown;
}

/**
 * A field that may be missing. Few fields are needed; a field of another type is left out and reported. Fields of type
 * `unknown` are not checked, because this project does not read them.
 */
export type Optional<Value> = Value | null | undefined;

export const optionalText: RowShape<Optional<string>> = optional(text);
export const optionalNumber: RowShape<Optional<number>> = optional(number);
export const optionalFlag: RowShape<Optional<boolean>> = optional(flag);
export const optionalTexts: RowShape<Optional<readonly string[]>> = optional(list(text));

/** Fields that every kind of object has, all optional. */
export interface Audited extends Row {
  /** Member id. */
  readonly createdBy?: unknown;
  /** Member id. */
  readonly updatedBy?: unknown;
  /** ISO 8601 with milliseconds. */
  readonly createdAt?: Optional<string>;
  /** ISO 8601 with milliseconds. */
  readonly updatedAt?: Optional<string>;
  /** Whether the object is in the trash. */
  readonly isArchived?: Optional<boolean>;
}

/** Shape of {@link Audited}, to spread into rows. */
export const audited: {
  readonly [Field in "createdBy" | "updatedBy"]: typeof unchecked;
} & {
  readonly [Field in "createdAt" | "updatedAt"]: typeof optionalText;
} & {
  readonly isArchived: typeof optionalFlag;
} = {
  createdBy: unchecked,
  updatedBy: unchecked,
  createdAt: optionalText,
  updatedAt: optionalText,
  isArchived: optionalFlag,
};

/** Fields that workbooks, data models and reports share. */
export interface DocumentFields extends Audited {
  /** Display name. */
  readonly name?: Optional<string>;
  /** Page in Sigma. */
  readonly url?: Optional<string>;
  /** Folder names, outermost first, joined with `/`. */
  readonly path?: Optional<string>;
  /** Version number, incremented by each publication. */
  readonly latestVersion?: Optional<number>;
  /** Member id of the owner. */
  readonly ownerId?: Optional<string>;
  /** Description in Sigma. */
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
