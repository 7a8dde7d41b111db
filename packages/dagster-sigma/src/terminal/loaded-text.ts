import type { EncodedRepository } from "@dagster-sigma/code-location";
import { failureText, type LoadResult } from "@dagster-sigma/definitions-host";
import type { TextOptions } from "./graph-text.ts";
import { printable } from "./printable.ts";

/** What Dagster reads in one message, by default. */
const hostLimitBytes = 100_000_000;

/** Tells of each load of a code location in one line: how many assets, or the error. */
export class LoadedText {
  readonly #options: TextOptions;
  #lastId: string | null = null;

  constructor(options: TextOptions) {
    this.#options = options;
  }

  format({ content, failure, wallMs }: LoadResult<EncodedRepository>): string {
    const { colors } = this.#options;
    const seconds = `${(wallMs / 1_000).toFixed(1)} s`;
    if (content === null) {
      const text = failure === null ? "" : `${failure.name}: ${failureText(failure)}`;
      return `${colors.red("Not loaded")} (${seconds}): ${text.split("\n").map(printable).join("\n")}\n`;
    }
    const isNews = content.serverId !== this.#lastId;
    this.#lastId = content.serverId;
    return [
      `${content.assets} assets loaded in ${seconds}${isNews ? "" : ", nothing new"}\n`,
      ...notesOf(content),
    ].join("");
  }
}

function notesOf({ leftOut, reply }: EncodedRepository): readonly string[] {
  const notes = [...leftOut].map(
    ([what, count]) => `Left out of ${count} assets for this Dagster: ${what}\n`,
  );
  const sizeBytes = reply.byteLength;
  if (sizeBytes <= hostLimitBytes) return notes;
  return [
    ...notes,
    `They are ${Math.round(sizeBytes / 1e6)} MB; Dagster reads up to 100 MB unless DAGSTER_GRPC_MAX_RX_BYTES on its side allows more.\n`,
  ];
}
