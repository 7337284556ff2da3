#!/usr/bin/env bash
# After a deployment that failed, or that does not verify. A local one goes, with its data; others were never touched.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. ci/local-platform.sh

if [ "$DEPLOY_STAGE" = local ]; then
  stop_platform "$PIPELINE_STATE"
  rm -rf "$PIPELINE_STATE/data"
  echo "The platform of this run is gone; what ran before it still does."
elif [ ! -s "$PIPELINE_STATE/url" ]; then
  echo "CloudFormation has gone back by itself: stage $DEPLOY_STAGE is what it was."
elif [ -s "$PIPELINE_STATE/previous" ]; then
  timestamp=$(<"$PIPELINE_STATE/previous")
  npm exec --no -- serverless rollback --stage "$DEPLOY_STAGE" --timestamp "$timestamp"
  note "stage $DEPLOY_STAGE is back at the deployment of $timestamp"
else
  note "stage $DEPLOY_STAGE has no earlier deployment to go back to: it stays as it is"
fi
