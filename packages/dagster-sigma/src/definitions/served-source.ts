import { resolve } from "node:path";
import {
  loadTimeoutVariable,
  type Outlet,
  parseLoadTimeout,
  type WatchedDefinitions,
  type WorkerDefinitionsOptions,
  WorkerDefinitionsSource,
  watchDefinitions,
} from "@dagster-sigma/definitions-host";
import type { EarlierLoad } from "@dagster-sigma/sigma-assets";
import { commandVariables, definitionsFolder } from "../environment/command-environment.ts";
import type { LoadOptions } from "../options/load-options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { organizationOptionsOf } from "./organization-options.ts";
import type { ServedDefinitionsOptions } from "./served-definitions.ts";

/** Load options of commands that serve definitions. */
export interface ServedLoadOptions extends LoadOptions {
  readonly snapshot?: string;
  readonly loadTimeout?: string;
}

/** Definitions of a command, loaded in a worker thread for an outlet. */
export type ServedSource<Content> = WorkerDefinitionsSource<Content, ServedDefinitionsOptions>;

/**
 * Creates the source of a command that serves definitions; loads nothing before its first `reload()`.
 *
 * @throws LoadTimeoutError `LOAD_TIMEOUT_INVALID`
 */
export function createServedSource<Content>(
  terminal: Terminal,
  options: ServedLoadOptions,
  outlet: Outlet<Content>,
  more: Pick<WorkerDefinitionsOptions<Content, ServedDefinitionsOptions>, "onLoaded"> & {
    readonly customSql?: boolean;
    /** State to load instead of the newest (default: the newest). */
    readonly earlier?: EarlierLoad;
  } = {},
): ServedSource<Content> {
  const { stateDir, refresh } = commandVariables(options.file);
  const { customSql = false, earlier = null, ...rest } = more;
  return new WorkerDefinitionsSource<Content, ServedDefinitionsOptions>({
    ...rest,
    module: new URL(
      import.meta.url.endsWith(".ts") ? "./served-definitions.ts" : "./served-definitions.js",
      import.meta.url,
    ),
    options: {
      file: options.file === undefined ? null : resolve(options.file),
      stateDir,
      organization: { ...organizationOptionsOf(options), ...(customSql ? { customSql } : {}) },
      warnOnLineageFetchError: options.failOnLineageError !== true,
      refresh: earlier === null ? refresh : "no",
      earlier,
    },
    refreshOptions: options.snapshot === undefined && earlier === null ? { refresh: "changes" } : null,
    outlet,
    name: options.file ?? "the organization",
    userFolder: definitionsFolder(options.file),
    loadTimeoutMs: parseLoadTimeout(options.loadTimeout ?? process.env[loadTimeoutVariable]),
    onOutput: (text) => terminal.err(text),
  });
}

/** Reloads when the definitions' files or a saved state change. Returns a function that stops watching. */
export function watchServedSource<Content>(
  source: ServedSource<Content>,
  options: ServedLoadOptions,
): () => void {
  const watched: WatchedDefinitions = {
    file: options.file === undefined ? null : resolve(options.file),
    stateDir: commandVariables(options.file).stateDir,
    onEdited: () => void source.edited(),
    onStateChanged: (file) => void source.stateChanged(file),
  };
  return watchDefinitions(watched);
}
