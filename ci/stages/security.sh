#!/usr/bin/env bash
# Checks dependencies for vulnerabilities, files for secrets, Dockerfiles, and files that must not be committed.
# With AUDIT=required, an unavailable registry is a failure. Otherwise it is a note in the summary.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

run_or "found a secret in the files" '^/|error' npm run --silent secrets
echo "Found no secrets in the files."

run_or "Dockerfiles or .gitignore have faults" '^  ' \
  npm run --silent check -- containers dockerfiles gitignore
if ! type -P hadolint >/dev/null; then note "hadolint is not installed: Dockerfiles were checked only by the rules of ci/checks"; fi

code=0
npm run --silent audit 2>&1 | tee "$PIPELINE_STATE/output" || code=$?
case $code in
  0) ;;
  3)
    if [ "${AUDIT:-}" = required ]; then fail "npm audit could not reach its registry, and AUDIT=required"; fi
    note "npm audit could not reach its registry: vulnerabilities were NOT CHECKED"
    ;;
  *) fail "a dependency has a known vulnerability: $(sed -n 's/^failed *//p' "$PIPELINE_STATE/output" | head -n 1)" ;;
esac
