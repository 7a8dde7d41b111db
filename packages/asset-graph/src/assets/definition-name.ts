import { AssetGraphError } from "../errors.ts";

/** Dagster's rule for names of sensors and checks (dagster 1.13 `_core/definitions/utils.py`). */
const validName = /^[A-Za-z0-9_]+$/;

/** @throws AssetGraphError `INVALID_DEFINITIONS` */
export function checkName(what: string, name: string): string {
  if (validName.test(name)) return name;
  throw new AssetGraphError(
    "INVALID_DEFINITIONS",
    `${JSON.stringify(name)} cannot be the name of a${/^[aeiou]/.test(what) ? "n" : ""} ${what}.`,
    "A name may contain letters, digits and underscores.",
  );
}
