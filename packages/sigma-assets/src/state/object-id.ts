const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const digitValues = new Map([...digits].map((digit, value) => [digit, BigInt(value)]));
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const inodePrefix = "inode-";

/**
 * Normalizes the id of an object to its UUID. It accepts the UUID, the urlId (its 128 bits in base 62), and `inode-`
 * with the urlId. Other text is returned unchanged.
 *
 * The number of leading zeros that Sigma writes is unknown, so urlIds are always decoded, never compared as text.
 */
export function objectId(text: string): string {
  const known = decoded.get(text);
  if (known !== undefined) return known;
  const id = decodeId(text);
  // The cache is cleared when it is full.
  if (decoded.size >= maxDecoded) decoded.clear();
  decoded.set(text, id);
  return id;
}

/** Whether a normalized id is a UUID, so that the original text identified an object. */
export function isObjectId(id: string): boolean {
  return uuid.test(id);
}

const decoded = new Map<string, string>();
const maxDecoded = 100_000;

function decodeId(text: string): string {
  const bare = text.startsWith(inodePrefix) ? text.slice(inodePrefix.length) : text;
  return uuid.test(bare) ? bare.toLowerCase() : (decodeUrlId(bare) ?? bare);
}

/** Decodes a urlId to a UUID; null if it is not a urlId. A urlId has 21 or 22 digits, or fewer without leading zeros. */
function decodeUrlId(urlId: string): string | null {
  if (urlId.length < 18 || urlId.length > 22) return null;
  let bits = 0n;
  for (const digit of urlId) {
    const value = digitValues.get(digit);
    if (value === undefined) return null;
    bits = bits * 62n + value;
  }
  if (bits >= 1n << 128n) return null;
  const hex = bits.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
