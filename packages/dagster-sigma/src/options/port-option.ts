import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError if it is not a valid port */
export function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be an integer from 0 to 65535.");
}
