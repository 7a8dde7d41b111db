import { InvalidArgumentError } from "commander";

/** An integer of at least 1. @throws InvalidArgumentError for anything else */
export function countOption(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError("It must be an integer of at least 1.");
}
