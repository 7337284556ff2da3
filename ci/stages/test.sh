#!/usr/bin/env bash
# All tests with the coverage that vitest.config.ts asks for, and the short faults: processes are killed and stopped.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

told() { npm exec --no -- node ci/test-report.ts "$report" "$1"; }

# try <name of the report> <npm arguments…>: ends the stage with the tests that failed
try() {
  local report=$PIPELINE_STATE/$1.json code=0 cause
  shift
  npm "$@" --reporter=default --reporter=json --outputFile.json="$report" 2>&1 |
    tee "$PIPELINE_STATE/said" || code=$?
  if [ -f "$report" ]; then told skipped >>"$PIPELINE_STATE/skipped"; fi
  if [ "$code" -eq 0 ]; then return; fi
  cause=$([ -f "$report" ] && told failed) || true
  fail "${cause:-$(grep -v '^[[:space:]]*$' "$PIPELINE_STATE/said" | tail -n 1)}"
}

try tests test --silent --
try faults run --silent test:faults -- --tags-filter=short
