import type { EncodedRepository } from "@dagster-sigma/code-location";
import { failureText, type LoadResult } from "@dagster-sigma/definitions-host";
import { printableLines } from "@dagster-sigma/foundation";
import type { TextOptions } from "./graph-text.ts";

/** Dagster's default limit for one message. */
const hostLimitBytes = 100_000_000;

/** Prints one line for each load of a code location: the number of assets, or the error and what Dagster gets. */
export class LoadedText {
  readonly #options: TextOptions;
  readonly #keepLastGood: boolean;
  readonly #whyNoRuns: string;
  #last: Pick<EncodedRepository, "serverId" | "assets"> | null = null;

  /**
   * @param keepLastGood whether Dagster keeps the last definitions when a load fails
   * @param whyNoRuns why executable assets are not run, if they are not
   */
  constructor(options: TextOptions, keepLastGood: boolean, whyNoRuns = "--runs is off.") {
    this.#options = options;
    this.#keepLastGood = keepLastGood;
    this.#whyNoRuns = whyNoRuns;
  }

  format({ content, failure, wallMs }: LoadResult<EncodedRepository>): string {
    const { colors } = this.#options;
    const seconds = `${(wallMs / 1_000).toFixed(1)} s`;
    if (content === null) {
      const text = failure === null ? "" : `${failure.name}: ${failureText(failure)}`;
      return `${colors.red("Not loaded")} (${seconds}): ${printableLines(text)}\n${this.#servedInstead()}\n`;
    }
    const isNews = content.serverId !== this.#last?.serverId;
    this.#last = { serverId: content.serverId, assets: content.assets };
    return [
      `${content.assets} assets loaded in ${seconds}${isNews ? "" : ", no changes"}\n`,
      ...notesOf(content),
      ...this.#runsNote(content),
    ].join("");
  }

  #runsNote({ executables, runs }: EncodedRepository): readonly string[] {
    if (executables === 0 || runs !== null) return [];
    return [`${executables} executable assets are shown as external: ${this.#whyNoRuns}\n`];
  }

  #servedInstead(): string {
    if (!this.#keepLastGood || this.#last === null) return "Dagster shows this error until a load succeeds.";
    return `Dagster keeps the ${this.#last.assets} assets of the last load.`;
  }
}

function notesOf({ leftOut, reply }: EncodedRepository): readonly string[] {
  const notes = [...leftOut].map(
    ([what, count]) => `Omitted from ${count} assets, because this Dagster does not support it: ${what}\n`,
  );
  const sizeBytes = reply.byteLength;
  if (sizeBytes <= hostLimitBytes) return notes;
  return [
    ...notes,
    `The assets take ${Math.round(sizeBytes / 1e6)} MB; Dagster reads up to 100 MB unless DAGSTER_GRPC_MAX_RX_BYTES is set higher on its side.\n`,
  ];
}
