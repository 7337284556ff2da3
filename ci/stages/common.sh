# shellcheck shell=bash
# Shared by all stages of ci/pipeline.sh; to be sourced. Stages can also run on their own.
#
# Files in $PIPELINE_STATE: reason (of a failure), notes (lines for the summary), url (of the deployment),
# pid and platform.log (the local platform), previous (the deployment on AWS before this one; empty for none).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ -z "${PIPELINE_STATE:-}" ]; then
  PIPELINE_STATE=$(mktemp -d)
  # A stage that runs on its own keeps its state only while its platform runs.
  trap '[ -f "$PIPELINE_STATE/pid" ] || rm -rf "$PIPELINE_STATE"' EXIT
fi
DEPLOY_STAGE=${DEPLOY_STAGE:-local}

# note <line>: adds a line to the summary
note() { printf '%s\n' "$*" | tee -a "$PIPELINE_STATE/notes"; }

# fail <line>: ends the stage with a reason
fail() {
  printf '%s\n' "$*" | tee "$PIPELINE_STATE/reason" >&2
  exit 1
}

# do_or <reason> <command…>: ends the stage with the reason if the command fails
do_or() {
  local reason=$1
  shift
  "$@" || fail "$reason"
}

# run_or <what failed> <pattern of error lines> <command…>: ends the stage with the error lines, or with the last line
run_or() {
  local what=$1 pattern=$2 output=$PIPELINE_STATE/output cause
  shift 2
  if "$@" 2>&1 | tee "$output"; then return; fi
  cause=$(sed $'s/\e\\[[0-9;]*m//g' "$output" | grep -E "$pattern" | head -n 3 | sed -E 's/^[[:space:]]+//; s/[[:space:]]+/ /g' | paste -sd ';' | sed 's/;/; /g') || true
  if [ -z "$cause" ]; then cause=$(grep -v '^[[:space:]]*$' "$output" | tail -n 1) || true; fi
  fail "$what: $cause"
}

# live_deployment: prints the current deployment of the stage on AWS, or nothing
live_deployment() { npm exec --no -- node ci/live-deployment.ts --stage "$DEPLOY_STAGE"; }
