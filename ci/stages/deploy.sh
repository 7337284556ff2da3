#!/usr/bin/env bash
# Deploys locally on free ports, so that a failure does not affect other processes. Otherwise deploys to AWS.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. ci/local-platform.sh

if [ "$DEPLOY_STAGE" = local ]; then
  free_ports
  start_platform "$PIPELINE_STATE"
  do_or "the platform did not start" await_platform "$PIPELINE_STATE"
  echo "http://127.0.0.1:$HTTP_PORT" >"$PIPELINE_STATE/url"
  exit
fi

# Target of a rollback; empty before the first deployment.
previous=$(live_deployment 2>"$PIPELINE_STATE/why") || fail "$(<"$PIPELINE_STATE/why")"
echo "$previous" >"$PIPELINE_STATE/previous"

npm run --silent deploy -- --stage "$DEPLOY_STAGE" 2>&1 | tee "$PIPELINE_STATE/deployed.log" ||
  fail "$(grep -v '^$' "$PIPELINE_STATE/deployed.log" | tail -n 1)"
sed -n 's/.*HttpApiUrl: *\(https:[^ ]*\).*/\1/p' "$PIPELINE_STATE/deployed.log" | tail -n 1 >"$PIPELINE_STATE/url"
