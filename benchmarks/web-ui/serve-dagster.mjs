// A real dagster-webserver that shows specs served by this project's code location.
import { pythonEnvironment, startDagster } from "../../conformance/dist/index.js";
import {
  codeLocationOutlet,
  hostFeatures,
  startCodeLocation,
} from "../../packages/code-location/dist/index.js";
import { createStaticDefinitionsSource } from "../../packages/definitions-host/dist/index.js";
import { definitionsOf } from "./generated-assets.mjs";

const loadMs = 120_000;

/** Resolves when the location is loaded, with the time since the start of the web server. */
export async function serveDagster(specs) {
  const python = await pythonEnvironment("dagster-webserver");
  if (python === null) throw new Error("The real Dagster needs Python 3.10 or newer.");
  const outlet = codeLocationOutlet(hostFeatures("1.13.27"));
  const source = createStaticDefinitionsSource(definitionsOf(specs), outlet);
  const location = await startCodeLocation({ source });
  const startedMs = performance.now();
  const dagster = await startDagster({ python, locations: [{ name: "sigma", port: location.port }] });
  const close = async () => {
    await dagster.close();
    await location.close();
  };
  while ((await assetsShown(dagster)) < specs.length) {
    if (performance.now() - startedMs > loadMs) {
      await close();
      throw new Error(`Dagster did not show the assets within ${loadMs} ms: ${dagster.log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // Hides the welcome dialog, which would cover the picture.
  await dagster.graphql("mutation { setNuxSeen }");
  return { url: dagster.url, startMs: performance.now() - startedMs, close };
}

async function assetsShown(dagster) {
  const { repositoriesOrError } = await dagster.graphql(
    "query { repositoriesOrError { ... on RepositoryConnection { nodes { assetNodes { id } } } } }",
  );
  return (repositoriesOrError.nodes ?? []).reduce((sum, { assetNodes }) => sum + assetNodes.length, 0);
}
