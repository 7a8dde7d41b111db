#!/usr/bin/env bash
# Prints annotations, and writes the summary and the comment. The first run loads the organization; the second one reads its saved state.
set -euo pipefail

read -r -a command <<< "$COMMAND"
read -r -a options <<< "$OPTIONS"
comment_file="${RUNNER_TEMP:-/tmp}/dagster-sigma-impact.md"
export DAGSTER_SIGMA_STATE_DIR="${DAGSTER_SIGMA_STATE_DIR:-${RUNNER_TEMP:-/tmp}/dagster-sigma-state}"

arguments=(impact --from "$FROM" --to "$TO" --project-dir "$PROJECT_DIR" --quiet)
if [ "${#options[@]}" -gt 0 ]; then arguments+=("${options[@]}"); fi
fail_on=()
if [ "$FAIL_ON" != nothing ]; then fail_on=(--fail-on "$FAIL_ON"); fi

# Code 3: something is affected. Any other code is a failure of the command itself.
code=0
"${command[@]}" "${arguments[@]}" "${fail_on[@]}" --output github || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then exit "$code"; fi

"${command[@]}" "${arguments[@]}" --output markdown > "$comment_file"
cat "$comment_file" >> "$GITHUB_STEP_SUMMARY"
{
  echo "comment-file=$comment_file"
  if [ "$code" -eq 3 ]; then echo "affected=true"; else echo "affected=false"; fi
} >> "$GITHUB_OUTPUT"
