#!/usr/bin/env bash
# All that can be told of the code without running it.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_or "a check failed" '^failed |^  [^ ]' npm run --silent check
if ! type -P shellcheck >/dev/null; then note "shellcheck is not installed: shell scripts were not checked"; fi
