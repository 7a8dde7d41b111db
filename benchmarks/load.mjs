// How much does it cost to load the sample organization, in requests, milliseconds and bytes, in total and per
// workbook? Prints a table; run it with `npm run bench -- load`.
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import { buildSampleCompany, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const runs = 7;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const organization = buildSampleCompany();
const workbooks = organization.workbooks.filter(({ isArchived }) => !isArchived).length;
const rows = [];
for (const delayMs of [0, 30]) {
  const wallMs = [];
  let requests = 0;
  let bytes = 0;
  for (let run = 0; run <= runs; run++) {
    const sandbox = await startSandbox({ organization, delayMs });
    const { baseUrl, clientId, clientSecret } = sandbox;
    bytes = 0;
    const counting = async (url, init) => {
      const response = await fetch(url, init);
      const text = await response.text();
      bytes += Buffer.byteLength(text);
      return { status: response.status, headers: response.headers, text: async () => text };
    };
    const sigma = new SigmaOrganization({
      baseUrl,
      clientId,
      clientSecret,
      // The first run is a warm-up and counts bytes; the others run like a user's program.
      ...(run === 0 ? { fetch: counting } : {}),
    });
    await loadSigmaAssetSpecs(sigma);
    const [report] = sigma.loadReports;
    requests = report.requests;
    if (run > 0) wallMs.push(report.wallMs);
    await sandbox.close();
    if (run === 0)
      rows.push({ "ms a call": delayMs, workbooks, bytes, "bytes/workbook": Math.round(bytes / workbooks) });
  }
  Object.assign(rows.at(-1), {
    requests,
    "requests/workbook": (requests / workbooks).toFixed(1),
    "wall ms (median)": median(wallMs),
    "wall ms/workbook": (median(wallMs) / workbooks).toFixed(1),
  });
}
console.log(`Node ${process.versions.node}, ${runs} runs, five calls in flight at most`);
console.table(rows);
