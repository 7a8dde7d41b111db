import type { Definitions, SensorResult } from "@dagster-sigma/asset-graph";
import type { SensorRequest } from "./sensor-request.ts";

/**
 * The functions with which an outlet (the code location, the page) encodes definitions, as exported by its module.
 * They run where the definitions are, possibly in a worker thread; only what they return leaves it.
 *
 * @typeParam Content plain data that can be copied between threads; typed arrays in its fields are transferred, not
 * copied
 */
export interface OutletEncoder<Content, Options> {
  /** Encodes definitions after each load. */
  readonly encode: (definitions: Definitions, options: Options) => Content;
  /** Encodes the result of a sensor for the outlet. Omitted by outlets that do not evaluate sensors. */
  readonly encodeSensorResult?: (result: SensorResult, request: SensorRequest) => string;
}

/** An outlet as used by definitions sources; created by {@link createOutlet}. */
export interface Outlet<Content> {
  readonly encode: (definitions: Definitions) => Content;
  readonly encodeSensorResult: OutletEncoder<Content, never>["encodeSensorResult"];
  /** URL of the encoder's module, which a worker thread imports. */
  readonly module: URL;
  /** Options of the encoder; copied to the thread. */
  readonly options: unknown;
}

/**
 * Creates an outlet.
 *
 * @param module URL of the encoder's module, in a form that Node can run in a worker: JavaScript, unless a loader is
 * registered
 * @param options plain data
 */
export function createOutlet<Content, Options>(
  encoder: OutletEncoder<Content, Options>,
  module: URL,
  options: Options,
): Outlet<Content> {
  return {
    encode: (definitions) => encoder.encode(definitions, options),
    encodeSensorResult: encoder.encodeSensorResult,
    module,
    options,
  };
}
