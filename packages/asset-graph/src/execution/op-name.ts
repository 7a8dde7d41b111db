import type { AssetKey } from "../keys/asset-key.ts";

/** Names that Dagster reserves (dagster 1.13.27, `_core/definitions/utils.py`), and keywords of Python. */
const reserved: ReadonlySet<string> = new Set(
  (
    "context conf config meta arg_dict dict input_arg_dict output_arg_dict int str float bool input output type " +
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/**
 * Name of the op that materializes an asset: the segments of its key joined by `__`. If that is not a valid name, or if another
 * key could have the same name, a hash of the key is appended. The name depends only on the key, so that a run of an older version
 * of the definitions can be continued.
 */
export function opName(key: AssetKey): string {
  const name = key.path.map((part) => part.replace(/[^A-Za-z0-9_]/g, "_")).join("__");
  const isOwn = key.path.every((part) => /^[A-Za-z0-9]+(_[A-Za-z0-9]+)*$/.test(part));
  return isOwn && !reserved.has(name) ? name : `${name}_${hash(key.toString())}`;
}

/**
 * Name of the op of a check. It differs from the op name of any asset: without a hash, that name has at most two underscores in
 * a row.
 */
export function checkOpName(key: AssetKey, check: string): string {
  return `${opName(key)}___${check}`;
}

/** FNV-1a, 64 bits, in hexadecimal. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(16).padStart(16, "0");
}
