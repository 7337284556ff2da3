#!/usr/bin/env bash
# Tests the deployment, or PLATFORM_URL, or the platform on this machine. PLATFORM_KEY is its API key, if required.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

url=
if [ -s "$PIPELINE_STATE/url" ]; then url=$(<"$PIPELINE_STATE/url"); fi
url=${url:-${PLATFORM_URL:-http://127.0.0.1:${HTTP_PORT:-8080}}}
run_or "npm run smoke -- $url" '^Smoke test failed: ' npm run --silent smoke -- "$url"
