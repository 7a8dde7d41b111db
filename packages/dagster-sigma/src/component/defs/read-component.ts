import { EnvVar } from "@dagster-sigma/asset-graph";
import { type SigmaFilterOptions, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { asFlag } from "../attributes/attribute-readers.ts";
import { compileTranslation } from "../attributes/compile-translation.ts";
import type { ComponentModel } from "../component-schema.ts";
import type { DefsState, SigmaComponent, SigmaComponentOptions } from "../sigma-component.ts";
import { type CompiledValue, compileValue } from "../template/compiled-value.ts";
import type { Scope } from "../template/evaluate.ts";
import type { Expression } from "../template/expression.ts";
import type { YamlDocument, YamlPath } from "../yaml/yaml-document.ts";

/** A class of components. */
export type SigmaComponentClass = new (options: SigmaComponentOptions) => SigmaComponent;

/** The values of a document at their places. */
class DocumentValues {
  readonly #document: YamlDocument;
  readonly #scope: Scope;

  constructor(document: YamlDocument, scope: Scope) {
    this.#document = document;
    this.#scope = scope;
  }

  /** The value with its templates evaluated. @throws ComponentError */
  value(path: YamlPath, given: unknown): unknown {
    return this.#compile(path, given).evaluate(this.#scope);
  }

  /** @throws ComponentError `COMPONENT_FILE_INVALID` */
  flag(path: YamlPath, given: unknown, otherwise: boolean): boolean {
    if (given === undefined) return otherwise;
    return asFlag(this.value(path, given)) ?? this.refuse(path, "must be true or false");
  }

  /** @throws ComponentError `COMPONENT_FILE_INVALID` */
  text(path: YamlPath, given: unknown): string {
    const value = this.value(path, given);
    return typeof value === "string" && value !== ""
      ? value
      : this.refuse(path, "must be text, and not empty");
  }

  /** Like `text`, but a template that only reads a variable stays a reference to it, so that no secret is held. */
  textOrVariable(path: YamlPath, given: unknown): string | EnvVar {
    const value = this.#compile(path, given);
    // A variable that is not set is an error at its place.
    const text = this.text(path, given);
    const name = variableOf(value.expression);
    return name === null ? text : EnvVar(name);
  }

  /** A list of paths of names. @throws ComponentError `COMPONENT_FILE_INVALID` */
  paths(path: YamlPath, given: unknown): readonly (readonly string[])[] | undefined {
    if (given == null) return undefined;
    const value = this.value(path, given);
    const isPath = (item: unknown): item is readonly string[] =>
      Array.isArray(item) && item.every((name) => typeof name === "string");
    return Array.isArray(value) && value.every(isPath)
      ? value
      : this.refuse(path, "must be a list of paths, each a list of names");
  }

  #compile(path: YamlPath, given: unknown): CompiledValue {
    return compileValue(this.#document, path, given, { file: this.#scope, others: {} });
  }

  refuse(path: YamlPath, message: string): never {
    throw this.#document.error(path, {
      code: "COMPONENT_FILE_INVALID",
      message: `${path.join(".")} ${message}.`,
    });
  }
}

/**
 * Makes the component that a checked document describes. Nothing is fetched.
 *
 * @throws ComponentError
 */
export function readComponent(
  document: YamlDocument,
  model: ComponentModel,
  componentClass: SigmaComponentClass,
  scope: Scope,
): SigmaComponent {
  const values = new DocumentValues(document, scope);
  const { organization, sigma_filter, fetch_column_data, fetch_lineage_data, translation, defs_state } =
    model.attributes;
  const at = (...path: YamlPath): YamlPath => ["attributes", ...path];
  const credential = (name: string): string | EnvVar =>
    values.textOrVariable(at("organization", name), organization[name]);
  return new componentClass({
    organization: new SigmaOrganization({
      baseUrl: credential("base_url"),
      clientId: credential("client_id"),
      clientSecret: credential("client_secret"),
      // Unlike in Python, one document without lineage does not fail the load by default.
      warnOnLineageFetchError: values.flag(
        at("organization", "warn_on_lineage_fetch_error"),
        organization["warn_on_lineage_fetch_error"],
        true,
      ),
    }),
    sigmaFilter: sigma_filter == null ? null : readFilter(values, at("sigma_filter"), sigma_filter),
    fetchColumnData: values.flag(at("fetch_column_data"), fetch_column_data, true),
    fetchLineageData: values.flag(at("fetch_lineage_data"), fetch_lineage_data, true),
    translation:
      translation == null ? null : compileTranslation(document, at("translation"), translation, scope),
    defsState: readDefsState(values, at("defs_state"), defs_state ?? {}),
  });
}

function readFilter(
  values: DocumentValues,
  path: YamlPath,
  filter: Readonly<Record<string, unknown>>,
): SigmaFilterOptions {
  const workbookFolders = values.paths([...path, "workbook_folders"], filter["workbook_folders"]);
  const workbooks = values.paths([...path, "workbooks"], filter["workbooks"]);
  return {
    ...(workbookFolders === undefined ? {} : { workbookFolders }),
    ...(workbooks === undefined ? {} : { workbooks }),
    includeUnusedDatasets: values.flag(
      [...path, "include_unused_datasets"],
      filter["include_unused_datasets"],
      true,
    ),
  };
}

const managementTypes = [
  "LOCAL_FILESYSTEM",
  "LEGACY_CODE_SERVER_SNAPSHOTS",
  "VERSIONED_STATE_STORAGE",
] as const;

function readDefsState(
  values: DocumentValues,
  path: YamlPath,
  { key, management_type, refresh_if_dev }: Readonly<Record<string, unknown>>,
): DefsState {
  // Checked, and without a meaning of its own: `dev` has a button for it, and --refresh.
  values.flag([...path, "refresh_if_dev"], refresh_if_dev, true);
  return {
    key: key == null ? null : values.text([...path, "key"], key),
    managementType: managementTypes.find((type) => type === management_type) ?? "LOCAL_FILESYSTEM",
  };
}

/** The name of the variable, if a template only reads one. */
function variableOf(expression: Expression | null): string | null {
  if (expression === null) return null;
  if (expression.type === "MemberExpression" && !expression.computed) {
    const { object, property } = expression;
    const isVariable = object.type === "Identifier" && object.value === "env";
    return isVariable && property.type === "Identifier" ? property.value : null;
  }
  if (expression.type !== "CallExpression" || expression.args.length !== 1) return null;
  const { callee, args } = expression;
  const [argument] = args;
  const isVariable = callee.type === "Identifier" && callee.value === "env";
  return isVariable && argument?.type === "StringLiteral" ? argument.value : null;
}
