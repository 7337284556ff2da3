#!/usr/bin/env bash
# After a deployment that failed, or that does not verify. A local one goes, with its data; others were never touched.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. ci/local-platform.sh

if [ "$DEPLOY_STAGE" = local ]; then
  stop_platform "$PIPELINE_STATE"
  rm -rf "$PIPELINE_STATE/data"
  echo "The platform of this run is gone; what ran before it still does."
  exit
fi

# Without this file nothing was asked of AWS yet.
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
