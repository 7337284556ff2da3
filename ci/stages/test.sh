#!/usr/bin/env bash
# Runs all tests with the coverage thresholds of vitest.config.ts, and the short fault tests, which kill and stop processes.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

print_tests() { npm exec --no -- node ci/test-report.ts "$report" "$1"; }

# run_tests <name of the report> <npm arguments…>: ends the stage with the tests that failed
run_tests() {
  local report=$PIPELINE_STATE/$1.json code=0 cause
  shift
  npm "$@" --reporter=default --reporter=json --outputFile.json="$report" 2>&1 |
    tee "$PIPELINE_STATE/output" || code=$?
  if [ -f "$report" ]; then print_tests skipped >>"$PIPELINE_STATE/skipped"; fi
  if [ "$code" -eq 0 ]; then return; fi
  cause=$([ -f "$report" ] && print_tests failed) || true
  fail "${cause:-$(grep -v '^[[:space:]]*$' "$PIPELINE_STATE/output" | tail -n 1)}"
}

run_tests tests test --silent --
run_tests faults run --silent test:faults -- --tags-filter=short
