#!/usr/bin/env bash
# Verifies the deployment, PLATFORM_URL, or the local platform. PLATFORM_KEY is its API key, if required.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

url=
if [ -s "$PIPELINE_STATE/url" ]; then url=$(<"$PIPELINE_STATE/url"); fi
url=${url:-${PLATFORM_URL:-http://127.0.0.1:${HTTP_PORT:-8080}}}
run_or "npm run smoke -- $url" '^It does not work: ' npm run --silent smoke -- "$url"
