import { Command } from "commander";
import type { ServedLoadOptions } from "../definitions/served-source.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import {
  addLoadOptions,
  addRefreshOption,
  addServedOptions,
  refuseWithFile,
} from "../options/load-options.ts";
import { parsePort } from "../options/port-option.ts";
import { formatWithDagster } from "../terminal/serve-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DevOptions extends ServedLoadOptions, GlobalOptions {
  readonly host: string;
  readonly port: number;
  readonly token?: boolean;
  readonly withDagster?: boolean;
  readonly customSql: boolean;
}

/** `dagster-sigma dev`: the asset graph as a page, until it is stopped. */
export function devCommand(terminal: Terminal): Command {
  return addServedOptions(addRefreshOption(addLoadOptions(new Command("dev"))))
    .description("Show the asset graph as a page on this machine, and keep it up to date.")
    .option("--snapshot <file>", "show this snapshot instead of asking Sigma")
    .option("--host <address>", "where to listen; anything but this machine needs --token", "127.0.0.1")
    .option("--port <number>", "where to listen; 0 takes a free port", parsePort, 4110)
    .option(
      "--token",
      "let only those see the page who have its address (DAGSTER_SIGMA_PAGE_TOKEN, else one is made)",
    )
    .option(
      "--no-custom-sql",
      "without the custom SQL of documents, which takes reading what was fetched of each",
    )
    .option("--with-dagster", "print the commands for a real Dagster beside it, and end")
    .action(async (_options: DevOptions, command: Command) => {
      const options = command.optsWithGlobals<DevOptions>();
      refuseWithFile(options);
      if (options.withDagster === true) terminal.out(formatWithDagster(options.file ?? null));
      else await dev(terminal, options);
    });
}

async function dev(terminal: Terminal, options: DevOptions): Promise<void> {
  const { pageOutlet } = await import("@dagster-sigma/web-ui");
  const { createServedSource, watchServedSource } = await import("../definitions/served-source.ts");
  const { showPage } = await import("../page-host/show-page.ts");
  const source = createServedSource(terminal, options, pageOutlet(), { customSql: options.customSql });
  const stopWatching = watchServedSource(source, options);
  await showPage(terminal, options, source, () => {
    void (options.refresh === true ? source.refresh?.() : source.reload());
  });
  stopWatching();
}
