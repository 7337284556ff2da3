#!/usr/bin/env bash
# Checks dependencies for vulnerabilities, files for secrets, Dockerfiles, and files that must not be committed.
# With AUDIT=required, an unavailable registry is a failure. Otherwise it is a note in the summary.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_or "a secret is in the files" '^/|error' npm run --silent secrets
echo "No secret in the files."

run_or "images or .gitignore have faults" '^  ' \
  npm run --silent check -- containers dockerfiles gitignore
if ! type -P hadolint >/dev/null; then note "hadolint is not installed: Dockerfiles were checked by our own rules alone"; fi

code=0
npm run --silent audit 2>&1 | tee "$PIPELINE_STATE/said" || code=$?
case $code in
  0) ;;
  3)
    if [ "${AUDIT:-}" = required ]; then fail "npm audit could not ask its registry, and AUDIT=required"; fi
    note "npm audit could not ask its registry: vulnerabilities were NOT CHECKED"
    ;;
  *) fail "a dependency has a known vulnerability: $(sed -n 's/^failed *//p' "$PIPELINE_STATE/said" | head -n 1)" ;;
esac
