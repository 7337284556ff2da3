# shellcheck shell=bash
# For every stage of ci/pipeline.sh; to be sourced. A stage runs by itself too.
#
# Files in $PIPELINE_STATE: reason (why it failed), notes (for the summary, a line each), url (of what was deployed),
# pid and platform.log (the local platform), previous (the deployment on AWS before this one; empty for none).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

PIPELINE_STATE=${PIPELINE_STATE:-$(mktemp -d)}
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

# live_deployment: prints which deployment the stage on AWS runs, or nothing
live_deployment() { npm exec --no -- node ci/live-deployment.ts --stage "$DEPLOY_STAGE"; }
