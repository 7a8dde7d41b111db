import {
  type AssetCheckEvaluation,
  type AssetCheckResult,
  type AssetKey,
  type JsonValue,
  type MaterializeResult,
  type Metadata,
  type MetadataValue,
  metadataToJson,
} from "@dagster-sigma/asset-graph";
import type { LogFields } from "@dagster-sigma/foundation";
import type { Failure } from "../failure/failure.ts";

/** A message of Dagster Pipes (dagster 1.13.27, `dagster-pipes`). */
export interface PipesMessage {
  readonly __dagster_pipes_version: "0.1";
  readonly method:
    | "opened"
    | "log"
    | "report_asset_materialization"
    | "report_asset_check"
    | "report_custom_message"
    | "closed";
  readonly params: Readonly<Record<string, unknown>> | null;
}

function message(method: PipesMessage["method"], params: PipesMessage["params"]): PipesMessage {
  return { __dagster_pipes_version: "0.1", method, params };
}

/** The first message of a step. */
export function openedMessage(): PipesMessage {
  return message("opened", { extras: {} });
}

export function logMessage(
  level: "DEBUG" | "INFO" | "WARNING",
  text: string,
  fields: LogFields = {},
): PipesMessage {
  return message("log", { level, message: logText(text, fields) });
}

/** A line of a log, with its fields. */
export function logText(text: string, fields: LogFields = {}): string {
  const details = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [text, ...details].join(" ");
}

export function materializationMessage(key: AssetKey, result: MaterializeResult): PipesMessage {
  return message("report_asset_materialization", {
    asset_key: key.toEscapedUserString(),
    metadata: pipesMetadata(result.metadata),
    data_version: result.dataVersion,
  });
}

export function checkMessage(
  key: AssetKey,
  check: AssetCheckResult & Pick<AssetCheckEvaluation, "checkName">,
): PipesMessage {
  return message("report_asset_check", {
    asset_key: key.toEscapedUserString(),
    check_name: check.checkName,
    passed: check.passed,
    severity: check.severity.toUpperCase(),
    metadata: pipesMetadata(check.metadata),
  });
}

/** The last message of a step; `text` is that of Dagster's error. With a retry, the step is to be started again. */
export function closedMessage(
  failure: Failure | null,
  retry: { readonly maxRetries: number; readonly secondsToWait: number } | null = null,
): PipesMessage {
  if (failure === null) return message("closed", {});
  const exception = exceptionOf(failure);
  return message("closed", { exception, text: textOf(exception), ...(retry === null ? {} : { retry }) });
}

/** The message and the frames, and those of the causes. */
function textOf({ message: text, stack, cause }: PipesException): string {
  const own = `${text || "unknown error"}\n${stack.join("")}`.trimEnd();
  return cause === null ? own : `${own}\nCaused by ${cause.name}: ${textOf(cause)}`;
}

interface PipesException {
  readonly name: string;
  readonly message: string;
  readonly stack: readonly string[];
  readonly cause: PipesException | null;
  readonly context: null;
}

function exceptionOf({ name, message: text, excerpt, hint, stack, cause }: Failure): PipesException {
  return {
    name,
    message: [text, excerpt, hint].filter((part) => part !== null && part !== "").join("\n"),
    stack: stack.map((frame) => `    ${frame}\n`),
    cause: cause === null ? null : exceptionOf(cause),
    context: null,
  };
}

type PipesMetadata = Readonly<Record<string, { readonly type: string; readonly raw_value: JsonValue }>>;

function pipesMetadata(metadata: Metadata): PipesMetadata {
  const json = metadataToJson(metadata);
  return Object.fromEntries(
    Object.entries(metadata).map(([label, value]) => [
      label,
      { type: json[label]?.type ?? "null", raw_value: rawValue(value, json[label]?.value ?? null) },
    ]),
  );
}

/** Pipes writes the schema of a table as a list of columns, and the key of an asset as text. */
function rawValue(value: MetadataValue, json: JsonValue): JsonValue {
  if (value.type === "asset") return value.value.toEscapedUserString();
  if (value.type !== "table") return json;
  const { records, schema } = json as {
    readonly records: JsonValue;
    readonly schema: { readonly columns: JsonValue };
  };
  return { records, schema: schema.columns };
}
