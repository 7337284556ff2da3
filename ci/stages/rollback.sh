#!/usr/bin/env bash
# Rolls back a failed or unverified deployment. A local one is removed with its data. Others were not changed.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. ci/local-platform.sh

if [ "$DEPLOY_STAGE" = local ]; then
  stop_platform "$PIPELINE_STATE"
  rm -rf "$PIPELINE_STATE/data"
  echo "The platform of this run is gone; what ran before it still does."
  exit
fi

# Without this file, AWS was not called yet.
[ -f "$PIPELINE_STATE/previous" ] || exit 0
previous=$(<"$PIPELINE_STATE/previous")
live=$(live_deployment)
if [ "$live" = "$previous" ]; then
  note "stage $DEPLOY_STAGE runs what it ran before"
elif [ -n "$previous" ]; then
  npm exec --no -- serverless rollback --stage "$DEPLOY_STAGE" --timestamp "$previous"
  note "stage $DEPLOY_STAGE is back at the deployment of $previous"
else
  note "stage $DEPLOY_STAGE has no earlier deployment to go back to: it stays as it is"
fi
