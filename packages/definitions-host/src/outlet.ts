import type { Definitions, SensorResult } from "@dagster-sigma/asset-graph";
import type { SensorRequest } from "./sensor-request.ts";

/**
 * The functions with which an outlet (the code location, the page) encodes definitions, as its module exports them. They run
 * where the definitions are, which may be a worker thread; only what they return leaves it.
 *
 * @typeParam Content plain data that can be copied between threads; typed arrays in its fields are handed over, not copied
 */
export interface OutletEncoder<Content, Options> {
  readonly encode: (definitions: Definitions, options: Options) => Content;
  /** What a sensor found, as text for the outlet. An outlet that evaluates no sensors has none. */
  readonly encodeSensorResult?: (result: SensorResult, request: SensorRequest) => string;
}

/** An outlet as sources of definitions use it; made by {@link createOutlet}. */
export interface Outlet<Content> {
  readonly encode: (definitions: Definitions) => Content;
  readonly encodeSensorResult: OutletEncoder<Content, never>["encodeSensorResult"];
  /** Address of the encoder's module, which a worker thread imports. */
  readonly module: URL;
  /** Of the encoder; copied to the thread. */
  readonly options: unknown;
}

/**
 * @param module address of the encoder's module, of a kind that Node runs in a worker: JavaScript, where no loader is registered
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
