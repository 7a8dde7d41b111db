import { AssetGraphError } from "../errors.ts";
import { isValidCronSchedule } from "./cron-schedule.ts";

const timeZoneName = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** @throws AssetGraphError `INVALID_AUTOMATION_CONDITION` for a schedule or time zone that Dagster would reject */
export function checkCron(
  cronSchedule: string,
  cronTimezone: string,
): { readonly cronSchedule: string; readonly cronTimezone: string } {
  if (!isValidCronSchedule(cronSchedule))
    throw new AssetGraphError(
      "INVALID_AUTOMATION_CONDITION",
      `${JSON.stringify(cronSchedule)} is not a cron schedule.`,
      "Use five fields (minute, hour, day, month, day of week) such as 0 6 * * 1-5, or a word such as @daily.",
    );
  if (!isTimeZone(cronTimezone))
    throw new AssetGraphError(
      "INVALID_AUTOMATION_CONDITION",
      `${JSON.stringify(cronTimezone)} is not a time zone.`,
      "Use a name of the IANA database such as Europe/Berlin.",
    );
  return { cronSchedule, cronTimezone };
}

function isTimeZone(name: string): boolean {
  // JavaScript also accepts offsets such as +01:00, which Dagster does not.
  if (!timeZoneName.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
