import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ContainerImage, readDockerfile } from "../src/containers/read-dockerfile.ts";
import { materializationEvents } from "../src/dagster/asset-events.ts";
import { locationStatuses, shownAssets } from "../src/dagster/asset-nodes.ts";
import { startDagster } from "../src/dagster/start-dagster.ts";
import { dagsterPython, needsPython } from "./reference.ts";

interface Materialized {
  readonly url: string;
  readonly dataVersion: string;
  readonly seconds: number;
}

interface ComposeService {
  readonly command?: string;
  readonly environment?: readonly string[];
}

interface PodSpec {
  readonly containers: readonly {
    readonly image: string;
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly envFrom: readonly { readonly secretRef: { readonly name: string } }[];
  }[];
}

const root = join(import.meta.dirname, "..", "..");
const example = join(root, "examples", "with-dagster");

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} examples/with-dagster`, () => {
  it("joins workbooks with the assets of a Python location, and shows a materialization that the command reported", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const bin = join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js");
    const definitions = ["-f", join(example, "definitions.ts")];
    const env = {
      ...process.env,
      SIGMA_BASE_URL: sandbox.baseUrl,
      SIGMA_CLIENT_ID: sandbox.clientId,
      SIGMA_CLIENT_SECRET: sandbox.clientSecret,
      DAGSTER_SIGMA_STATE_DIR: mkdtempSync(join(tmpdir(), "dagster-sigma-state-")),
    };
    const served = spawn(process.execPath, [bin, "serve", ...definitions, "--port", "0", "--json"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void served.kill("SIGKILL"));
    const [line] = (await once(createInterface(served.stdout), "line")) as [string];
    const { port } = JSON.parse(line) as { readonly port: number };
    // Wait for the first load; before that, only an error is shown.
    await once(served.stderr, "data");
    // The user has a workspace with a location already.
    const workspace = join(mkdtempSync(join(tmpdir(), "dagster-sigma-workspace-")), "workspace.yaml");
    const warehouse = join(example, "warehouse", "definitions.py");
    writeFileSync(
      workspace,
      `load_from:\n- python_file:  # ours\n    relative_path: ${warehouse}\n    location_name: warehouse\n`,
    );
    const added = spawnSync(process.execPath, [bin, "serve", "--port", String(port), "--add-to", workspace]);
    expect(added.status).toBe(0);
    const dagster = await startDagster({ python, locations: readFileSync(workspace, "utf8") });
    onTestFinished(() => dagster.close());
    expect((await locationStatuses(dagster)).map(({ error }) => error)).toEqual([null, null]);
    const assets = new Map(
      (await shownAssets(dagster)).map((asset) => [asset.assetKey.path.join("/"), asset]),
    );
    const orders = assets.get("harbor/sales/orders");
    expect(orders).toMatchObject({
      description: "Orders of the shops, one row each.",
      dependencyKeys: [{ path: ["raw_orders"] }],
    });
    const dependants = (orders?.["dependedByKeys"] ?? []) as { readonly path: readonly string[] }[];
    const readers = dependants.map(({ path }) => path.join("/"));
    expect(readers.length).toBeGreaterThan(0);
    for (const reader of readers) expect(assets.get(reader)?.["kinds"]).toContain("sigma");

    // The Resources tab: the organization, its variables without their values, and the assets that use it.
    const repository = { repositoryName: "__repository__", repositoryLocationName: "sigma" };
    const { topLevelResourceDetailsOrError: resource } = await dagster.graphql<{
      readonly topLevelResourceDetailsOrError: Readonly<Record<string, unknown>> & {
        readonly assetKeysUsing: readonly object[];
      };
    }>(
      `query Resource($selector: ResourceSelector!) { topLevelResourceDetailsOrError(resourceSelector: $selector) {
        ... on ResourceDetails { name resourceType configuredValues { key value type } assetKeysUsing { path } } } }`,
      { selector: { ...repository, resourceName: "sigma" } },
    );
    expect(resource).toMatchObject({
      name: "sigma",
      resourceType: "dagster_sigma.SigmaOrganization",
      configuredValues: [
        { key: "base_url", value: "SIGMA_BASE_URL", type: "ENV_VAR" },
        { key: "client_id", value: "SIGMA_CLIENT_ID", type: "ENV_VAR" },
        { key: "client_secret", value: "SIGMA_CLIENT_SECRET", type: "ENV_VAR" },
      ],
    });
    expect(resource.assetKeysUsing.length).toBeGreaterThan(40);
    expect(JSON.stringify(resource)).not.toContain(sandbox.clientSecret);
    const { utilizedEnvVarsOrError: variables } = await dagster.graphql<{
      readonly utilizedEnvVarsOrError: { readonly results: readonly object[] };
    }>(
      `query Variables($selector: RepositorySelector!) { utilizedEnvVarsOrError(repositorySelector: $selector) {
        ... on EnvVarWithConsumersList { results { envVarName envVarConsumers { type name } } } } }`,
      { selector: repository },
    );
    expect(variables.results).toContainEqual({
      envVarName: "SIGMA_CLIENT_SECRET",
      envVarConsumers: [{ type: "RESOURCE", name: "sigma" }],
    });

    // A report of the command.
    sandbox.materializations.addRule({ durationMs: 0 });
    const key = "Orders_Explorer";
    const args = [bin, "materialize", ...definitions, key, "--report", dagster.url, "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    const [document] = (JSON.parse(stdout) as { readonly documents: readonly Materialized[] }).documents;
    expect(document).toMatchObject({ outcome: "ready", report: { reported: true } });
    const [started] = sandbox.materializations.started;
    const workbook = sandbox.organization.workbooks.find(({ id }) => id === started?.documentId);
    const events = await materializationEvents(dagster, [key]);
    expect(events).toHaveLength(1);
    expect(events[0]?.tags["dagster/data_version"]).toBe(document?.dataVersion);
    expect(document?.dataVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(events[0]?.metadata).toMatchObject({
      "dagster_sigma/web_url": { text: document?.url },
      "dagster_sigma/version": { intValue: workbook?.version },
      "dagster_sigma/runtime_seconds": { floatValue: document?.seconds },
      "dagster_sigma/sheets": { jsonString: expect.stringContaining(started?.materializationId ?? "?") },
    });
  }, 120_000);

  it("has consistent files for Docker and Kubernetes", async () => {
    const yaml = (file: string): unknown => {
      const program =
        "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))";
      const { status, stdout, stderr } = spawnSync(python, ["-c", program, join(example, file)], {
        encoding: "utf8",
      });
      expect([status, stderr]).toEqual([0, ""]);
      return JSON.parse(stdout);
    };
    const files = readdirSync(example);
    const [compose] = yaml("compose.yaml") as [{ readonly services: Record<string, ComposeService> }];
    expect(Object.keys(compose.services)).toEqual(["postgres", "sigma", "webserver", "daemon"]);
    expect(yaml("workspace.docker.yaml")).toMatchObject([
      { load_from: [{ grpc_server: { host: "sigma", port: 4000 } }, {}] },
    ]);
    expect(yaml("workspace.yaml")).toMatchObject([{ load_from: [{ grpc_server: { port: 4000 } }, {}] }]);
    // All that open the storage have its password; the location gets it with Sigma's variables.
    const [instance] = yaml("dagster.docker.yaml") as [Readonly<Record<string, unknown>>];
    expect(instance["storage"]).toMatchObject({
      postgres: { postgres_db: { hostname: "postgres", password: { env: "DAGSTER_POSTGRES_PASSWORD" } } },
    });
    for (const service of ["webserver", "daemon"])
      expect(compose.services[service]?.environment).toEqual(["DAGSTER_POSTGRES_PASSWORD"]);
    expect(compose.services["sigma"]).toMatchObject({ build: ".", env_file: ".env" });
    const manifests = yaml("kubernetes/sigma.yaml") as { readonly kind: string; readonly spec: object }[];
    expect(manifests.map(({ kind }) => kind)).toEqual(["Deployment", "Service", "NetworkPolicy"]);
    expect(JSON.stringify(manifests)).toContain(
      '"grpc": {"port": 4000, "service": "DagsterApi"}'.replaceAll(": ", ":").replaceAll(", ", ","),
    );
    // Pods of runs have the image and the credentials of the location.
    const deployment = manifests[0]?.spec as { readonly template: { readonly spec: PodSpec } };
    const [container] = deployment.template.spec.containers;
    const variables = Object.fromEntries(container?.env.map(({ name, value }) => [name, value]) ?? []);
    expect(variables["DAGSTER_CURRENT_IMAGE"]).toBe(container?.image);
    expect(JSON.parse(variables["DAGSTER_CONTAINER_CONTEXT"] ?? "{}")).toEqual({
      k8s: { env_secrets: [container?.envFrom[0]?.secretRef.name] },
    });
    expect(yaml("kubernetes/helm-values.yaml")).toMatchObject([
      { dagsterWebserver: { workspace: { servers: [{ host: "sigma", port: 4000 }] } } },
    ]);
    // Files copied into the images exist, no image runs as root, and its command exists.
    const read = (name: string): ContainerImage => readDockerfile(readFileSync(join(example, name), "utf8"));
    for (const { copied, user } of [read("Dockerfile"), read("Dockerfile.dagster")]) {
      for (const [source] of copied) expect(files).toContain(source);
      expect(user).toMatch(/^(node|dagster)$/);
    }
    const { run, entrypoint, command } = read("Dockerfile");
    // Launchers replace the command, and an entry point would get theirs as arguments.
    expect(entrypoint).toEqual([]);
    expect(command.slice(-2)).toEqual(["--runs", "worker"]);
    expect(run.join("\n")).toMatch(
      /pip install .*dagster==1\.13\.27 .*node_modules\/dagster-sigma\/python\/\*\.whl/,
    );
    const options = command.filter((word) => word.startsWith("-"));
    const help = spawnSync(
      process.execPath,
      [join(root, "packages/dagster-sigma/bin/dagster-sigma.js"), "serve", "--help"],
      {
        encoding: "utf8",
      },
    ).stdout;
    for (const option of options) expect(help).toContain(option);
  }, 120_000);
});
