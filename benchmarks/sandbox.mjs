// How many requests per second does the sandbox answer? Uses keep-alive connections from another process, so that the
// client does not take time from the server. Run it with `npm run bench -- sandbox`.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const requests = 20_000;
const inFlight = 16;

if (process.argv[2] === "serve") {
  const startedMs = performance.now();
  const organization = generateOrganization({ workbooks: 10_000, seed: 1 });
  const generatedMs = Math.round(performance.now() - startedMs);
  const { baseUrl, clientId, clientSecret } = await startSandbox({ organization });
  const workbookIds = organization.workbooks.slice(0, 500).map(({ id }) => id);
  console.log(JSON.stringify({ baseUrl, clientId, clientSecret, workbookIds, generatedMs }));
} else {
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve"], {
    stdio: ["ignore", "pipe", 2],
  });
  const [line] = await new Promise((resolve) =>
    createInterface({ input: server.stdout }).once("line", (...args) => resolve(args)),
  );
  const { baseUrl, clientId, clientSecret, workbookIds, generatedMs } = JSON.parse(line);
  const pool = new Pool(baseUrl, { connections: inFlight });
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const token = await pool.request({
    path: "/v2/auth/token",
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: body.toString(),
  });
  const headers = { authorization: `Bearer ${(await token.body.json()).access_token}` };
  const rows = [];
  for (const [what, count] of [
    ["first time for each document", workbookIds.length * 3],
    ["again", requests],
    ["again", requests],
    ["again", requests],
  ]) {
    let next = 0;
    const startedMs = performance.now();
    const worker = async () => {
      while (next < count) {
        const index = next++;
        const part = ["lineage", "columns", "elements"][index % 3];
        const id = workbookIds[Math.floor(index / 3) % workbookIds.length];
        const { body: answer } = await pool.request({
          path: `/v2/workbooks/${id}/${part}?limit=1000`,
          method: "GET",
          headers,
        });
        await answer.dump();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    rows.push({
      what,
      requests: count,
      "requests/s": Math.round(count / ((performance.now() - startedMs) / 1000)),
    });
  }
  await pool.close();
  server.kill();
  console.log(
    `Node ${process.versions.node}, 10,000 workbooks generated in ${generatedMs} ms, ${inFlight} requests in flight`,
  );
  console.table(rows);
}
