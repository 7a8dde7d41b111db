import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError for what is no port */
export function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number up to 65535.");
}
