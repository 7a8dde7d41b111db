import type { Definitions } from "@dagster-sigma/asset-graph";
import { ComponentError } from "../component-error.ts";
import { type FileComponent, readComponentFile, withPlaces } from "./load-component-file.ts";

/** A component of a file. */
export interface ComponentPlace {
  readonly file: string;
  /** Number of the document, from 0; undefined if the file has one. */
  readonly document?: number | undefined;
}

/**
 * Fetches the organization of a component, and writes its state.
 *
 * @throws ComponentError; errors of the fetch
 */
export async function writeComponentState(place: ComponentPlace, statePath: string): Promise<void> {
  const { component } = await readOne(place);
  await component.writeStateToPath(statePath);
}

/**
 * Builds the definitions of a component from a state that {@link writeComponentState} wrote, without its `post_processing`: Dagster itself applies
 * that in a Python code location.
 *
 * @throws ComponentError; SnapshotError
 */
export async function loadComponentFromState(place: ComponentPlace, statePath: string): Promise<Definitions> {
  const { component } = await readOne(place);
  return await withPlaces(() => component.buildDefsFromState(statePath));
}

async function readOne({ file, document }: ComponentPlace): Promise<FileComponent> {
  const { components } = await readComponentFile(file, {
    isStateGiven: true,
    ...(document === undefined ? {} : { document }),
  });
  const [only, ...others] = components;
  if (only !== undefined && others.length === 0) return only;
  throw new ComponentError({
    code: "COMPONENT_FILE_INVALID",
    message:
      only === undefined
        ? `${file} has no component of Sigma${document === undefined ? "" : ` at number ${document}`}.`
        : `${file} has ${components.length} components of Sigma.`,
    hint: "Name one with --document: 0 for the first document of the file.",
  });
}
