// Preloaded into a measured program: reports the resource usage of the whole process as the last line on stderr.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMiB: maxRSS / 1_024 };
  process.stderr.write(`${JSON.stringify(usage)}\n`);
});
