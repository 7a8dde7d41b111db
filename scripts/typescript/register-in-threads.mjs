// For the processes of tests (vitest.config.ts): vitest compiles what their main threads import, and slows down with hooks.
import { isMainThread } from "node:worker_threads";

if (!isMainThread) await import("./register.mjs");
