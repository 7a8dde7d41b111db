import type { SensorRequest } from "../sensors/sensor-request.ts";

/** What the server hands out at a moment: definitions, or why there are none. */
export type Served =
  | {
      readonly type: "repository";
      readonly serverId: string;
      /** The whole answer to `ExternalRepository`, encoded. */
      readonly reply: Uint8Array;
    }
  | {
      readonly type: "error";
      readonly serverId: string;
      /** A `SerializableErrorInfo`, serialised. */
      readonly error: string;
    };

/** Where the server has what it hands out. Nothing in it takes long: whoever asks gets what is there. */
export interface ServedContent {
  current(): Served;
  /** Loads the definitions anew; what they become shows in `current()`. */
  reload(): Promise<void>;
  /** A serialised `SensorExecutionData`, or what went wrong. Takes as long as the sensor takes. */
  evaluateSensor(request: SensorRequest): Promise<string>;
  close(): Promise<void>;
}
