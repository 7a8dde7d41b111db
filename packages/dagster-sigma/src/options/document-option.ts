import { InvalidArgumentError, Option } from "commander";

/** `--document N`: which document of a component file. */
export function documentOption(): Option {
  return new Option(
    "--document <number>",
    "document of a component file with several, 0 for the first (default: the only one)",
  ).argParser((text: string): number => {
    if (/^\d{1,4}$/.test(text)) return Number(text);
    throw new InvalidArgumentError("It must be a whole number from 0.");
  });
}
