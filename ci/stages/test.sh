#!/usr/bin/env bash
# All tests, and the coverage that vitest.config.ts asks for.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

report=$PIPELINE_STATE/tests.json
code=0
npm test --silent -- --reporter=default --reporter=json --outputFile.json="$report" 2>&1 |
  tee "$PIPELINE_STATE/said" || code=$?
told() { npm exec --no -- node ci/test-report.ts "$report" "$1"; }
if [ -f "$report" ]; then told skipped >"$PIPELINE_STATE/skipped"; fi
if [ "$code" -eq 0 ]; then exit; fi
cause=$([ -f "$report" ] && told failed) || true
fail "${cause:-$(grep -v '^[[:space:]]*$' "$PIPELINE_STATE/said" | tail -n 1)}"
