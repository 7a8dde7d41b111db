// Loaded before a program whose cost is measured: its last line on stderr tells what the whole process used.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMiB: maxRSS / 1_024 };
  process.stderr.write(`${JSON.stringify(usage)}\n`);
});
