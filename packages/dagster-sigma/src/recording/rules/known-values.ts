import { oneOf } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** The values of fields with few values, which Sigma defines. They are compared case-insensitively. */
const values = (text: string): ValueRule => oneOf(new Set(text.trim().toLowerCase().split(/\s+/)));

export const elementType: ValueRule =
  values(`table visualization pivot-table input-table viz text image control button embed line
  divider container spacer ui form chat plugin`);

export const visualizationType: ValueRule =
  values(`levelTable pivotTable table pivot-table bar line pie donut kpi area combo scatter
  box funnel gauge sankey waterfall heatmap single-value region-map point-map geography-map map`);

/** Types of rows of lineage and sources, and of nodes of the lineage of an element. */
export const sourceType: ValueRule =
  values(`element table dataset data-model customSQL custom-sql csv-upload semantic-view sql-document
  worksheet inode sheet join union transpose input-table`);

export const edgeType: ValueRule = values("source lookup dependency");

export const columnType: ValueRule =
  values(`text string number integer bigint float decimal datetime date time boolean bool logical
  variant variantArr array stringArr numberArr datetimeArr boolArr bigintArr bytes bytesArr record struct object map json geography
  geometry link image null error`);

export const connectionType: ValueRule =
  values(`snowflake bigQuery redshift databricks postgres postgresql mysql mariadb athena spark
  trino presto starburst synapse sqlserver mssql azureSql alloydb singlestore clickhouse oracle duckdb`);

export const fileType: ValueRule =
  values(`workspace folder workbook dataset data-model sql sql-document worksheet dashboard template
  table symlink report`);

export const permission: ValueRule = values("create annotate organize explore view edit apply usage own");

export const badge: ValueRule = values("endorsed warning deprecated");

export const migrationStatus: ValueRule = values("migrated not-migrated not-required");

/** Statuses of materializations and of runs of datasets. */
export const runStatus: ValueRule =
  values(`pending building ready success succeeded failed marked swept canceled expired
  skipped running queued`);

export const visibility: ValueRule = values("included hidden removed public private");

export const userKind: ValueRule = values("internal embed guest external");

export const tagColor: ValueRule = values("cyan grass violet plum amber bronze");

/** Kinds in code representations: of documents, elements and sources. */
export const specKind: ValueRule =
  values(`data-model workbook report table warehouse-table sql join union transpose csv-table
  input-table control image embed container divider text pivot-table scatter-chart region-map point-map pie-chart line-chart
  kpi-chart geography-map donut-chart combo-chart bar-chart area-chart`);

export const joinType: ValueRule = values("inner left-outer right-outer full-outer cross lookup");

export const joinOperator: ValueRule = values(
  "< <= = != >= > within intersects is-distinct-from is-not-distinct-from",
);

/** Codes of error answers. */
export const errorCode: ValueRule =
  values(`bad_request conflict forbidden inode_archived internal_error invalid_argument
  invalid_request method_not_allowed not_found not_implemented permission_denied rate_limited service_unavailable timedout
  too_many_requests unable_to_produce_query unauthorized unknown warehouse_query_failed_user_error`);
