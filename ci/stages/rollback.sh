#!/usr/bin/env bash
# Rolls back a failed or unverified deployment. A local one is removed with its data. Others were not changed.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. ci/local-platform.sh

if [ "$DEPLOY_STAGE" = local ]; then
  stop_platform "$PIPELINE_STATE"
  rm -rf "$PIPELINE_STATE/data"
  echo "Removed the platform of this run. Other platforms were not affected."
  exit
fi

# Without this file, AWS was not called yet.
[ -f "$PIPELINE_STATE/previous" ] || exit 0
previous=$(<"$PIPELINE_STATE/previous")
live=$(live_deployment)
if [ "$live" = "$previous" ]; then
  note "stage $DEPLOY_STAGE still runs its previous deployment"
elif [ -n "$previous" ]; then
  npm exec --no -- serverless rollback --stage "$DEPLOY_STAGE" --timestamp "$previous"
  note "rolled stage $DEPLOY_STAGE back to deployment $previous"
else
  note "stage $DEPLOY_STAGE has no earlier deployment: nothing was rolled back"
fi
