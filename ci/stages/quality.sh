#!/usr/bin/env bash
# Static checks of the code.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_or "a check failed" '^failed |^  [^ ]' npm run --silent check
if ! type -P shellcheck >/dev/null; then note "shellcheck is not installed: shell scripts were not checked"; fi
