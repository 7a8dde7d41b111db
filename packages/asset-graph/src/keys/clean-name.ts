/**
 * Dagster's `clean_name` (dagster 1.13 `_utils/names.py`): replaces every run of characters other than ASCII letters,
 * digits and `_` with one `_`. `Sales - EU` gives `Sales_EU`; an empty name stays empty.
 */
export function cleanName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]+/g, "_");
}
