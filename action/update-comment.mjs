// Writes the comment of a pull request, or updates the one that an earlier run wrote. Without an impact, no comment is created.
import { readFileSync } from "node:fs";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_TOKEN, COMMENT_FILE } = process.env;

/** @param {string | undefined} value @param {string} name */
function needed(value, name) {
  if (value === undefined || value === "")
    throw new Error(`${name} is not set; this script runs in GitHub Actions.`);
  return value;
}

const body = readFileSync(needed(COMMENT_FILE, "COMMENT_FILE"), "utf8");
const marker = body.split("\n", 1)[0] ?? "";
const event = JSON.parse(readFileSync(needed(GITHUB_EVENT_PATH, "GITHUB_EVENT_PATH"), "utf8"));
const issues = `${needed(GITHUB_API_URL, "GITHUB_API_URL")}/repos/${needed(GITHUB_REPOSITORY, "GITHUB_REPOSITORY")}/issues`;

/** @param {string} address @param {RequestInit} [request] */
async function ask(address, request = {}) {
  const response = await fetch(address, {
    ...request,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${needed(GITHUB_TOKEN, "GITHUB_TOKEN")}`,
      "content-type": "application/json",
    },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) {
    const hint = response.status === 403 ? " The job needs the permission `pull-requests: write`." : "";
    throw new Error(`GitHub answered ${response.status} to ${request.method ?? "GET"} ${address}.${hint}`);
  }
  return response.json();
}

/** The comment of an earlier run; comments of people that quote the marker do not start with it. */
async function findComment() {
  for (let page = 1; ; page++) {
    const comments = await ask(`${issues}/${event.pull_request.number}/comments?per_page=100&page=${page}`);
    const found = comments.find((/** @type {{ body?: string }} */ each) => each.body?.startsWith(marker));
    if (found !== undefined || comments.length < 100) return found;
  }
}

const comment = await findComment();
const text = JSON.stringify({ body });
if (comment !== undefined) await ask(`${issues}/comments/${comment.id}`, { method: "PATCH", body: text });
else if (body.includes("\n| "))
  await ask(`${issues}/${event.pull_request.number}/comments`, { method: "POST", body: text });
