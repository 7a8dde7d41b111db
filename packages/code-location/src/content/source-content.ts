import type { DefinitionsSource } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "../host/host-features.ts";
import { buildServedRepository } from "../repository/build-served-repository.ts";
import { evaluateSensor, sensorFailure } from "../sensors/evaluate-sensor.ts";
import type { SensorRequest } from "../sensors/sensor-request.ts";
import { serveError } from "./error-content.ts";
import type { Served, ServedContent } from "./served-content.ts";

/** Content made in this thread from a source of definitions: for hand-written graphs, and for tests. */
export class SourceContent implements ServedContent {
  readonly #source: DefinitionsSource;
  readonly #features: HostFeatures;
  readonly #stopListening: () => void;
  #served: Served;

  constructor(source: DefinitionsSource, features: HostFeatures) {
    this.#source = source;
    this.#features = features;
    this.#served = this.#build();
    this.#stopListening = source.onChange(() => {
      this.#served = this.#build();
    });
  }

  current(): Served {
    return this.#served;
  }

  async reload(): Promise<void> {
    await this.#source.refresh?.({});
    this.#served = this.#build();
  }

  async evaluateSensor(request: SensorRequest): Promise<string> {
    try {
      return await evaluateSensor(this.#source.current().definitions, request);
    } catch (thrown) {
      return sensorFailure(thrown);
    }
  }

  async close(): Promise<void> {
    this.#stopListening();
    await this.#source.close();
  }

  #build(): Served {
    try {
      const { serverId, reply } = buildServedRepository(this.#source.current().definitions, this.#features);
      return { type: "repository", serverId, reply };
    } catch (thrown) {
      return serveError(thrown);
    }
  }
}
