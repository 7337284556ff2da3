#!/usr/bin/env bash
# Known vulnerabilities of dependencies, and secrets in files.
# AUDIT=required makes a registry that can't be asked a failure; otherwise it is a note of the summary.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

do_or "a secret is in the files: npm run secrets" npm run --silent secrets
echo "No secret in the files."

code=0
npm run --silent audit || code=$?
case $code in
  0) ;;
  3)
    if [ "${AUDIT:-}" = required ]; then fail "npm audit could not ask its registry, and AUDIT=required"; fi
    note "npm audit could not ask its registry: vulnerabilities were NOT CHECKED"
    ;;
  *) fail "a dependency has a known vulnerability: npm run audit, ci/audit-allow.json" ;;
esac
