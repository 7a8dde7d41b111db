// What do the templates of a component file cost? The same saved state of an organization is loaded without a translation, with a translator in
// TypeScript, and with a component file that does the same by templates. Medians of seven loads in one process, alternating.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readComponentFile } from "../packages/dagster-sigma/dist/component/defs/load-component-file.js";
import { SigmaComponent } from "../packages/dagster-sigma/dist/component/sigma-component.js";
import { SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const rounds = 7;
const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-component-"));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

console.log("| workbooks | assets | no translation | TypeScript | component file | µs per asset |");
console.log("|---|---|---|---|---|---|");
for (const workbooks of [500, 2_000, 5_000]) {
  const sandbox = await startSandbox({ organization: generateOrganization({ workbooks, seed: 20 }) });
  const file = join(folder, `${workbooks}.yaml`);
  writeFileSync(
    file,
    `type: dagster_sigma.SigmaComponent
attributes:
  organization: {base_url: "${sandbox.baseUrl}", client_id: "${sandbox.clientId}", client_secret: "${sandbox.clientSecret}"}
  translation:
    key_prefix: bi
    group_name: "{{ data.type | lower }}"
    tags: {path: "{{ data.properties.name[0:3] | replace(' ', '_') | length }}"}
    for_workbook: {metadata: {url: "{{ data.url }}", owner: "{{ data.owner_email }}"}}
`,
  );
  const { components } = await readComponentFile(file);
  const [{ component }] = components;
  const organization = new SigmaOrganization(sandbox);
  const state = join(folder, `${workbooks}.ndjson`);
  await component.writeStateToPath(state);
  await sandbox.close();
  const plain = new SigmaComponent({ organization });
  const typed = new SigmaComponent({
    organization,
    translation: (spec, data) =>
      spec.replaceAttributes({
        key: spec.key.withPrefix("bi"),
        groupName: data.type.toLowerCase(),
        tags: { ...spec.tags, path: String(data.properties.name.slice(0, 3).length) },
        metadata:
          data.type === "workbook"
            ? { ...spec.metadata, url: data.properties.url ?? "", owner: data.ownerEmail ?? "None" }
            : spec.metadata,
      }),
  });
  const times = { plain: [], typed: [], component: [] };
  let assets = 0;
  for (let round = 0; round < rounds; round++)
    for (const [name, each] of Object.entries({ plain, typed, component })) {
      const begun = performance.now();
      assets = (await each.buildDefsFromState(state)).assets.length;
      times[name].push(performance.now() - begun);
    }
  const [none, typescript, templates] = Object.values(times).map(median);
  const ms = (time) => `${Math.round(time)} ms`;
  console.log(
    `| ${workbooks} | ${assets} | ${ms(none)} | ${ms(typescript)} | ${ms(templates)} | ${(((templates - typescript) / assets) * 1_000).toFixed(0)} |`,
  );
}
