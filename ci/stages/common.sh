# shellcheck shell=bash
# For every stage of ci/pipeline.sh; to be sourced. A stage runs by itself too.
#
# Files in $PIPELINE_STATE: reason (why it failed), notes (for the summary, a line each), url (of what was deployed),
# pid and platform.log (the local platform), previous (the deployment on AWS before this one; empty for none).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ -z "${PIPELINE_STATE:-}" ]; then
  PIPELINE_STATE=$(mktemp -d)
  # Of a stage that runs by itself nothing stays but a platform that it started.
  trap '[ -f "$PIPELINE_STATE/pid" ] || rm -rf "$PIPELINE_STATE"' EXIT
fi
DEPLOY_STAGE=${DEPLOY_STAGE:-local}

# note <line>: for the summary
note() { printf '%s\n' "$*" | tee -a "$PIPELINE_STATE/notes"; }

# fail <line>: ends the stage, and says why
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

# run_or <what failed> <pattern of the lines that say why> <command…>: ends the stage with them, else with the last line
run_or() {
  local what=$1 pattern=$2 said=$PIPELINE_STATE/said cause
  shift 2
  if "$@" 2>&1 | tee "$said"; then return; fi
  cause=$(sed $'s/\e\\[[0-9;]*m//g' "$said" | grep -E "$pattern" | head -n 3 | sed -E 's/^[[:space:]]+//; s/[[:space:]]+/ /g' | paste -sd ';' | sed 's/;/; /g') || true
  if [ -z "$cause" ]; then cause=$(grep -v '^[[:space:]]*$' "$said" | tail -n 1) || true; fi
  fail "$what: $cause"
}

# live_deployment: prints which deployment the stage on AWS runs, or nothing
live_deployment() { npm exec --no -- node ci/live-deployment.ts --stage "$DEPLOY_STAGE"; }
