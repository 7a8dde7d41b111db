import { isIPv4, isIPv6 } from "node:net";

/**
 * The client that an address belongs to. A network with IPv6 usually gives a machine all addresses with the same first
 * 64 bits, so only these identify it. IPv4 addresses written as IPv6 (`::ffff:192.0.2.1`) are IPv4 addresses.
 */
export function clientOfAddress(address: string): string {
  const mapped = /^::ffff:(.+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped;
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return address;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const omitted = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: omitted }, () => "0"), ...after].slice(0, 4).join(":");
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}
