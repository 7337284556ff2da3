#!/usr/bin/env bash
# Tests the SCIM service of a platform with scim2-tester: ci/scim.sh <url>
# SCIM_KEY is an API key of the platform with the scope scim. It creates and deletes people and groups.
set -euo pipefail

output=$(mktemp)
trap 'rm -f "$output"' EXIT
# Arguments would show the key to other users of the machine.
export SCIM_CLI_HEADERS="Authorization: Bearer $SCIM_KEY"
scim2 --url "$1/scim/v2" test >"$output" 2>&1 || { cat "$output"; exit 1; }
# It exits with 0, also if checks fail.
grep -A4 -E '^(ERROR|CRITICAL)' "$output" && exit 1
checks=$(grep -c '^SUCCESS' "$output") || { cat "$output"; exit 1; }
echo "$checks checks succeeded."
