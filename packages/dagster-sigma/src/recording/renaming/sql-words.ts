const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Keywords of queries, in all dialects. */
const keywords = words(`
  all and anti any apply array as asc asof at before begin bernoulli between both by call case cast changes cluster collate column
  commit connect convert cross cube current cycle declare default define delete desc describe distinct distribute div drop else end
  escape except exclude exists explain extend false fetch filter first following for force format from full function global group
  grouping groups having if ignore ilike in include index inner insert intersect interval into is isnull join key lambda language
  last lateral leading left like limit local locked match_condition match_recognize materialized matched measures merge minus move natural
  nested next no nocycle not notnull nowait null nulls of offset on only or order ordinality others outer over overlaps overlay overwrite
  partition pattern per percent pivot placing position positional preceding prior procedure qualify range recursive regexp rename
  repeatable replace respect return returning returns rlike rollup row rows safe sample seed select semi separator set sets similar
  siblings skip some sort start straight_join stream symmetric system system_time system_version table tablesample temp temporary
  then ties to top trailing true try_cast try_convert unbounded union unique unknown unnest unpivot update use using value values
  version view when where window with within without xor zone safe_cast aggregate oj quarterly`);

/** Names of data types. */
const types = words(`
  bigdecimal bigint bignumeric binary bit blob bool boolean bytea byteint bytes char character clob date datetime datetime2 dec
  decimal double enum float float4 float64 float8 geography geometry hllsketch inet int int2 int4 int64 int8 integer json jsonb long
  map mediumint money nchar number numeric nvarchar object precision real serial short signed smallint string struct super text time
  timestamp timestamp_ltz timestamp_ntz timestamp_tz timestamptz timetz tinyint uint64 unsigned uuid varbinary varbyte varchar
  variant varying xml`);

/** Parts of dates and units of intervals. */
const dateParts = words(`
  century day dayofweek dayofweekiso dayofyear days decade dow doy epoch epoch_millisecond epoch_second hour hours isodow isoweek
  isoyear microsecond microseconds millennium millisecond milliseconds minute minutes month months nanosecond nanoseconds quarter
  quarters second seconds timezone timezone_hour timezone_minute week weekday weekiso weeks year yearofweek yearofweekiso years`);

/** Functions of the supported dialects that queries use often. Others are renamed, which has no effect on lineage. */
const functions = words(`
  abs acos any_value approx_count_distinct approx_percentile array_agg array_append array_cat array_concat array_construct
  array_contains array_intersection array_length array_size array_slice array_to_string arrayagg arrays_overlap ascii asin atan
  atan2 avg bit_and bit_or bitand bitor booland_agg boolor_agg ceil ceiling char_length charindex chr coalesce collect_list
  collect_set concat concat_ws contains convert_timezone corr cos count count_if countif covar_pop covar_samp cume_dist curdate
  current_catalog current_database current_date current_role current_schema current_time current_timestamp current_user
  current_warehouse date_add date_diff date_format date_from_parts date_from_unix_date date_part date_sub date_trunc dateadd
  datediff datefromparts datename datepart datetime_add datetime_diff datetime_sub datetime_trunc dayname decode degrees dense_rank
  div0 div0null element_at endswith ends_with equal_null exp explode explode_outer extract first_value flatten floor format_date
  format_datetime format_timestamp from_unixtime generate_array generate_date_array generate_series generate_timestamp_array
  generator get get_json_object get_path getdate greatest group_concat grouping_id hash hll iff ifnull initcap inline instr is_null_value
  json_agg json_array_elements json_array_length json_build_object json_extract json_extract_array json_extract_path_text
  json_extract_scalar json_object json_object_agg json_parse json_query json_to_recordset json_value jsonb_agg jsonb_array_elements
  jsonb_build_object jsonb_each jsonb_object_keys jsonb_to_recordset lag last_day last_value lcase lead least len length listagg ln
  localtime localtimestamp log log10 log2 lower lpad ltrim make_date max max_by md5 median min min_by mod mode month_name monthname
  months_between nth_value ntile nullif nullifzero now nvl nvl2 object_agg object_construct object_keys parse_date parse_datetime
  parse_json parse_timestamp percent_rank percentile percentile_approx percentile_cont percentile_disc pi posexplode
  posexplode_outer pow power quote_ident radians rand random rank ratio_to_report regexp_contains regexp_count regexp_extract
  regexp_extract_all regexp_instr regexp_like regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
  regexp_substr repeat reverse right round row_number row_to_json rpad rtrim safe_divide seq4 seq8 sequence session_user sha1 sha2
  sha256 sign sin size split split_part split_to_table sqrt square startswith starts_with stddev stddev_pop stddev_samp
  str_to_date string_agg string_split string_to_array strpos strtok strtok_to_array substr substring substring_index sum sysdate
  systimestamp tan time_slice timestamp_add timestamp_diff timestamp_micros timestamp_millis timestamp_seconds timestamp_sub
  timestamp_trunc timestampadd timestampdiff to_array to_boolean to_char to_date to_decimal to_double to_json to_json_string
  to_number to_object to_time to_timestamp to_timestamp_ltz to_timestamp_ntz to_timestamp_tz to_utc_timestamp to_varchar to_variant
  transform translate trim trunc truncate try_parse_json try_to_boolean try_to_date try_to_decimal try_to_double try_to_number
  try_to_timestamp try_to_timestamp_ntz typeof ucase uniform unix_date unix_millis unix_seconds unix_timestamp upper user
  uuid_string var_pop var_samp variance width_bucket zeroifnull`);

/**
 * Words of SQL itself. Names that are such a word are kept in all answers, because SQL does not distinguish a column `DATE` from
 * the type.
 */
export const sqlWords: readonly string[] = [...keywords, ...types, ...dateParts, ...functions];
