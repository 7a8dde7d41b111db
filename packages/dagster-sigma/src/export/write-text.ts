import { writeFileSync } from "node:fs";
import { errorText } from "@dagster-sigma/foundation";
import { CommandError } from "../errors.ts";

/** @throws CommandError `FILE_NOT_WRITTEN` */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (thrown) {
    throw new CommandError(
      "FILE_NOT_WRITTEN",
      `${file} cannot be written (${errorText(thrown)}).`,
      undefined,
      thrown,
    );
  }
}
