import { bigquery } from "./bigquery.ts";
import { databricks } from "./databricks.ts";
import type { LabelledStatement } from "./labelled-statement.ts";
import { postgres } from "./postgres.ts";
import { redshift } from "./redshift.ts";
import { snowflake } from "./snowflake.ts";

/** Every labelled statement. */
export const sqlCorpus: readonly LabelledStatement[] = [
  ...snowflake,
  ...bigquery,
  ...databricks,
  ...redshift,
  ...postgres,
];
