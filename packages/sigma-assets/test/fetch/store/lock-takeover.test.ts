import { readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { readLock } from "../../../src/fetch/store/lock-file.ts";
import { withStateLock } from "../../../src/fetch/store/state-lock.ts";
import { free, locked, lockedBy, noProcess, own, touchedBefore } from "./lock-files.ts";
import { LockProcess } from "./lock-process.ts";

/** Rounds of the test with many contenders; 50 take 14 s. */
const rounds = Number(process.env["LOCK_ROUNDS"] ?? 8);

/** A state whose lock belongs to a process that has ended, and is being taken over. */
async function claimedBy(holder: object): Promise<{ readonly file: string; readonly claim: string }> {
  const file = lockedBy({ ...own, pid: noProcess });
  const dead = await readLock(`${file}.lock`);
  const claim = `${file}.lock.${dead?.key}.claim`;
  writeFileSync(claim, JSON.stringify(holder));
  return { file, claim };
}

/** Yields to the event loop `count` times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate();
}

describe("the lock of a state", () => {
  it("that is dead is taken over by exactly one of 20 contenders in 4 processes that find it at the same time", async () => {
    const processes = Array.from({ length: 4 }, () => new LockProcess());
    for (let round = 0; round < rounds; round++) {
      const file =
        round % 2 === 0 ? lockedBy({ ...own, pid: noProcess }) : lockedBy({ pid: 1, host: "elsewhere" });
      if (round % 2 === 1) touchedBefore(file, 60_000);
      for (const each of processes) each.send(`contend ${file}`);
      const said: string[] = [];
      for (const each of processes) for (let count = 0; count < 5; count++) said.push(await each.line());
      expect(said.sort()).toEqual([...Array(19).fill("STATE_LOCKED"), "held"]);
      for (const each of processes) each.send("release");
      for (const each of processes) expect(await each.line()).toBe("released");
      expect(readdirSync(dirname(file))).toEqual([]);
    }
  }, 60_000);

  it("that is dead is taken over by only one of many functions that find it at the same time", async () => {
    // Simulates processes at different steps: each one starts slightly later than the previous one.
    for (let round = 0; round < 12; round++) {
      const file = lockedBy({ ...own, pid: noProcess });
      let [inside, most] = [0, 0];
      const all = await Promise.allSettled(
        Array.from({ length: 8 }, async (_each, at) => {
          await turns(at * round);
          await withStateLock(file, async () => {
            most = Math.max(most, ++inside);
            await sleep(20);
            inside--;
          });
        }),
      );
      expect(most).toBe(1);
      for (const each of all) if (each.status === "rejected") expect(each.reason).toMatchObject(locked);
      expect(readdirSync(dirname(file))).toEqual([]);
    }
  });

  it("that is dead is taken over even if an earlier takeover was interrupted", async () => {
    const { file } = await claimedBy({ ...own, pid: noProcess });
    expect(await free(file)).toBe("free");
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("that another process is taking over is taken once that process has released it", async () => {
    const { file, claim } = await claimedBy(own);
    setTimeout(() => {
      rmSync(`${file}.lock`);
      rmSync(claim);
    }, 150);
    expect(await free(file)).toBe("free");
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "that is removed after the attempt to create it, and before it is read, is taken by the next attempt",
    async () => {
      const file = lockedBy({ pid: 1, host: "elsewhere.example" });
      // Linux reports a temporary file as soon as it exists: before its contender has written it, and then reads the lock.
      const watcher = watch(dirname(file), (_event, name) => {
        if (name?.endsWith(".tmp") !== true) return;
        watcher.close();
        rmSync(`${file}.lock`);
      });
      onTestFinished(() => watcher.close());
      await withStateLock(file, async (lock) => lock.check());
      expect(readdirSync(dirname(file))).toEqual([]);
    },
  );
});
