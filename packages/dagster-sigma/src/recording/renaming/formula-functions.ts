/** Functions of Sigma's formulas, in lower case. Others are renamed: they may be functions of the warehouse. */
export const formulaFunctions: ReadonlySet<string> = new Set(
  `abs acos array arrayagg arrayconcat arraycontains arraylength ascii asin atan atan2 avg avgif between binfixed binrange bitand
  bitor calllogical callnumber calltext calldatetime callvariant ceiling choose coalesce concat contains corr cos cosh cot count
  countdistinct countdistinctif countif cumulativeavg cumulativecorr cumulativecount cumulativemax cumulativemin cumulativestddev
  cumulativesum cumulativevariance date dateadd datediff dateformat datefromunix datelookback dateparse datepart datetime datetrunc
  day dayofyear degrees denserank distanceglobe distanceplane div endofmonth endswith exp filldown find first firstinperiod floor
  grandtotal greatest hour if ifnull ilike in indexof initcap int isnotnull isnull json lag last lastday lead least left len
  length like listagg listaggdistinct ln log logical lookup lower lpad ltrim makedate match max maxif md5 median mid min minif minute
  mod modifytimezone month monthname movingavg movingcorr movingcount movingmax movingmin movingstddev movingsum movingvariance now
  nth ntile null number percentilecont percentiledisc percentoftotal pi power proper quarter radians rank rankdense rankpercentile
  regexpcount regexpextract regexpmatch regexpreplace repeat replace reverse right rollup round rounddown roundup row rowavg
  rowcount rowmax rowmin rownumber rowsum rpad rtrim second sequence sign sin sinh sparkline sparklineagg splitpart splittoarray sqrt
  startswith stddev stddevif substring subtotal sum sumif sumproduct switch tan tanh text today trim trunc upper variance
  varianceif week weekday weekdayname year zn`.split(/\s+/),
);

/** Words of formulas that are neither functions nor columns, in lower case. */
export const formulaWords: ReadonlySet<string> = new Set(["and", "or", "not", "true", "false", "null"]);
