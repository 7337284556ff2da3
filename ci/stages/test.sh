#!/usr/bin/env bash
# Runs all tests with the coverage thresholds of vitest.config.ts, and the short fault tests, which kill and stop processes.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# print_tests <folder with reports> failed|skipped
print_tests() {
  local report
  for report in "$1"/*.json; do
    if [ -f "$report" ]; then npm exec --no -- node ci/test-report.ts "$report" "$2"; fi
  done
}

# run_tests <name of the reports> <npm arguments…>: ends the stage with the tests that failed
run_tests() {
  local reports=$PIPELINE_STATE/$1 code=0 cause
  shift
  CI=true TEST_REPORTS=$reports npm "$@" 2>&1 | tee "$PIPELINE_STATE/output" || code=$?
  print_tests "$reports" skipped >>"$PIPELINE_STATE/skipped"
  if [ "$code" -eq 0 ]; then return; fi
  cause=$(print_tests "$reports" failed) || true
  fail "${cause:-$(grep -v '^[[:space:]]*$' "$PIPELINE_STATE/output" | tail -n 1)}"
}

run_tests tests test --silent
run_tests faults run --silent test:faults -- --tags-filter=short
