import { resolve } from "node:path";
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
  readonly compare?: string;
  readonly dagster?: string;
}

/** `dagster-sigma dev`: serves the asset graph as a web page until it is stopped. */
export function devCommand(terminal: Terminal): Command {
  return addServedOptions(addRefreshOption(addLoadOptions(new Command("dev"))))
    .description("Serve the asset graph as a local web page, and keep it up to date.")
    .option("--snapshot <file>", "show this snapshot file instead of Sigma")
    .option(
      "--host <address>",
      "address to listen on; any other than the loopback address requires --token",
      "127.0.0.1",
    )
    .option("--port <number>", "port to listen on; 0 picks a free port", parsePort, 4110)
    .option("--token", "require a token to see the page (DAGSTER_SIGMA_PAGE_TOKEN; default: a random one)")
    .option("--no-custom-sql", "omit the documents' custom SQL, which avoids reading all fetched rows")
    .option(
      "--compare <file>",
      "offer this state or snapshot file in the Changes view, besides the kept states",
    )
    .option(
      "--dagster <url>",
      "show what the Dagster at this URL knows: runs, freshness and failed checks; with the token in DAGSTER_CLOUD_API_TOKEN if it is set",
    )
    .option("--with-dagster", "print the commands to run a real Dagster with it, and exit")
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
  const { dagsterAt } = await import("../definitions/dagster-at.ts");
  const { PolledDagsterStates } = await import("../page-host/polled-dagster-states.ts");
  const { ServedEarlierGraphs } = await import("../page-host/earlier-graphs.ts");
  const { customSql, compare = null } = options;
  const source = createServedSource(terminal, options, pageOutlet(), { customSql });
  const dagster =
    options.dagster === undefined
      ? null
      : new PolledDagsterStates(await dagsterAt(options.dagster, options.file), source);
  const earlier = new ServedEarlierGraphs({
    source,
    createSource: (state) =>
      createServedSource(terminal, options, pageOutlet(), { customSql, earlier: state }),
    file: compare === null ? null : resolve(compare),
  });
  const stopWatching = watchServedSource(source, options);
  const onListening = (): void => {
    void (options.refresh === true ? source.refresh?.() : source.reload());
  };
  await showPage(terminal, options, source, onListening, {
    earlier,
    ...(dagster === null ? {} : { dagster }),
  });
  stopWatching();
}
