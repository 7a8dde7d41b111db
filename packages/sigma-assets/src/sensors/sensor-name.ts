import type { LoadReport, SensorOptions } from "@dagster-sigma/asset-graph";

/**
 * The name of a sensor: that of the user, or the default name. If other sensors of the definitions have the default name,
 * the name of the organization is appended.
 */
export function sensorName(
  own: string | undefined,
  common: string,
  loads: () => readonly LoadReport[],
): Pick<SensorOptions, "name" | "distinctName"> {
  if (own !== undefined) return { name: own };
  const distinctName = (): string | null => {
    const organization = loads().at(-1)?.organization ?? null;
    return organization === null ? null : `${common}_${organization.replaceAll(/\W/g, "_")}`;
  };
  return { name: common, distinctName };
}
