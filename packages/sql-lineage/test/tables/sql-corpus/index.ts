import { bigquery } from "./bigquery.ts";
import { databricks } from "./databricks.ts";
import { generic, mysql } from "./generic.ts";
import type { LabeledStatement } from "./labeled-statement.ts";
import { postgres } from "./postgres.ts";
import { redshift } from "./redshift.ts";
import { snowflake } from "./snowflake.ts";

/** Every labeled statement. */
export const sqlCorpus: readonly LabeledStatement[] = [
  ...snowflake,
  ...bigquery,
  ...databricks,
  ...redshift,
  ...postgres,
  ...generic,
  ...mysql,
];
