import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Definitions } from "@dagster-sigma/asset-graph";
import { errorText } from "@dagster-sigma/foundation";
import { TranslatorError } from "@dagster-sigma/sigma-assets";
import { loadDotEnv } from "../../environment/dot-env.ts";
import { projectRootOf } from "../../environment/project-root.ts";
import { compilePostProcessors } from "../attributes/post-process.ts";
import { checkDocument } from "../check-document.ts";
import { ComponentError, type ComponentErrorCode } from "../component-error.ts";
import { type ComponentModel, componentSchema } from "../component-schema.ts";
import { type FileSurroundings, fileScope } from "../scope/file-scope.ts";
import type { SigmaComponent } from "../sigma-component.ts";
import { translatorHint } from "../template/compiled-value.ts";
import { readYaml } from "../yaml/read-yaml.ts";
import type { YamlDocument } from "../yaml/yaml-document.ts";
import { shownPath } from "../yaml/yaml-source.ts";
import { findComponentClass } from "./component-class.ts";
import { mergeParts } from "./merge-parts.ts";
import { readComponent, type SigmaComponentClass } from "./read-component.ts";

/** Options for loading component files. */
export interface ComponentFileOptions {
  /** Classes of component types other than `dagster_sigma.SigmaComponent`, by type (default: none). */
  readonly components?: Readonly<Record<string, SigmaComponentClass>>;
  /** Called with what the user should know, although it is no error (default: it is written to stderr). */
  readonly onNote?: (note: string) => void;
}

/** The default of {@link ComponentFileOptions.onNote}. */
export const noteOnStderr = (note: string): void => void process.stderr.write(`${note}\n`);

/** A component of a file. */
export interface FileComponent {
  readonly component: SigmaComponent;
  /** Applies `post_processing` of the file. */
  readonly postProcess: (definitions: Definitions) => Definitions;
  /** What the user should know, although it is no error. */
  readonly notes: readonly string[];
}

/** The components of a file, and what was left out. */
export interface ReadComponentFile {
  readonly components: readonly FileComponent[];
  /** Types of components that need Python, with their places. */
  readonly leftOut: readonly string[];
}

/**
 * Reads the components of a `defs.yaml`. Nothing is fetched.
 *
 * @param options.document number of the document to read, from 0 (default: all)
 * @param options.isStateGiven whether the caller stores the states, so that each kind of state is accepted (default: false)
 * @throws ComponentError
 */
export async function readComponentFile(
  path: string,
  options: ComponentFileOptions & { readonly document?: number; readonly isStateGiven?: boolean } = {},
): Promise<ReadComponentFile> {
  const file = resolve(path);
  const projectRoot = projectRootOf(file);
  loadDotEnv(dirname(file));
  loadDotEnv(projectRoot);
  const surroundings: FileSurroundings = { variables: process.env, projectRoot };
  const documents = readYaml(file, readText(file, path));
  if (documents.length === 0)
    throw new ComponentError({
      code: "COMPONENT_FILE_INVALID",
      message: `${shownPath(file)}:1:1: The file has no component.`,
      hint: "`dagster-sigma scaffold component` writes one.",
    });
  const components: FileComponent[] = [];
  const leftOut: string[] = [];
  for (const [at, document] of documents.entries()) {
    if (options.document !== undefined && options.document !== at) continue;
    const type = typeOf(document);
    const componentClass =
      type === null ? null : await findComponentClass(document, type, options.components ?? {});
    if (type !== null && componentClass === null) {
      leftOut.push(`${shownPath(file)}:${document.placeOf(["type"]).line}: ${type}`);
      continue;
    }
    const model = checkDocument(document, componentSchema);
    if (componentClass === null) throw new Error("A checked document has a type.");
    const read = readFileComponent(document, model, componentClass, surroundings);
    if (options.isStateGiven !== true) refuseVersionedState(document, read.component);
    components.push(read);
  }
  return { components, leftOut };
}

/**
 * Loads the definitions of a `defs.yaml`.
 *
 * @throws ComponentError, also for a component that needs Python; errors of the load
 */
export async function loadComponentFile(
  path: string,
  options: ComponentFileOptions = {},
): Promise<Definitions> {
  const { components, leftOut } = await readComponentFile(path, options);
  for (const note of components.flatMap(({ notes }) => notes)) (options.onNote ?? noteOnStderr)(note);
  const [first] = leftOut;
  if (first !== undefined)
    throw new ComponentError({
      code: "COMPONENT_NOT_SUPPORTED",
      message: `${first} is a component of Python.`,
      hint: "Only dagster_sigma.SigmaComponent is loaded here; a folder of definitions leaves other components out.",
    });
  return mergeParts(await Promise.all(components.map(loadFileComponent)));
}

/** @throws ComponentError `COMPONENT_NOT_SUPPORTED` for a state that only Dagster can read */
function refuseVersionedState(document: YamlDocument, { defsState }: SigmaComponent): void {
  if (defsState.managementType !== "VERSIONED_STATE_STORAGE") return;
  throw document.error(["attributes", "defs_state", "management_type"], {
    code: "COMPONENT_NOT_SUPPORTED",
    message: "VERSIONED_STATE_STORAGE is in Dagster's instance, which Node cannot reach.",
    hint: "Use LOCAL_FILESYSTEM, or load the file in a Python code location with `type: dagster_typescript.SigmaComponent` (docs/guide/component.md).",
  });
}

/** Loads one component. An error in a template names its place, and the document of Sigma. */
export async function loadFileComponent({ component, postProcess }: FileComponent): Promise<Definitions> {
  return await withPlaces(async () => postProcess(await component.loadDefinitions()));
}

/** @throws ComponentError instead of the TranslatorError that it caused */
export async function withPlaces<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (thrown) {
    if (!(thrown instanceof TranslatorError && thrown.cause instanceof ComponentError)) throw thrown;
    const { code, message, hint, excerpt } = thrown.cause;
    throw new ComponentError({
      code: code as ComponentErrorCode,
      message: `${message} (for ${thrown.object})`,
      hint: hint ?? undefined,
      excerpt,
      cause: thrown,
    });
  }
}

function readFileComponent(
  document: YamlDocument,
  model: ComponentModel,
  componentClass: SigmaComponentClass,
  surroundings: FileSurroundings,
): FileComponent {
  if (model.template_vars_module != null)
    throw document.error(["template_vars_module"], {
      code: "COMPONENT_NOT_SUPPORTED",
      message: "template_vars_module is a module of Python.",
      hint: translatorHint,
    });
  const missing = (model.requirements?.env ?? []).filter(
    (name) => surroundings.variables[name] === undefined,
  );
  const scope = fileScope(surroundings);
  return {
    component: readComponent(document, model, componentClass, scope),
    postProcess: compilePostProcessors(
      document,
      ["post_processing", "assets"],
      model.post_processing?.assets ?? [],
      scope,
    ),
    notes: missing.map(
      (name) =>
        `${shownPath(document.source.file)} requires the environment variable ${name}, which is not set.`,
    ),
  };
}

function typeOf({ value }: YamlDocument): string | null {
  const isTyped = typeof value === "object" && value !== null && "type" in value;
  return isTyped && typeof value.type === "string" ? value.type : null;
}

function readText(file: string, path: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ComponentError({
      code: "COMPONENT_FILE_MISSING",
      message: `The component file ${path} cannot be read: ${errorText(cause)}`,
      hint: "Pass its path with -f.",
      cause,
    });
  }
}
