#!/usr/bin/env bash
# What was deployed, else PLATFORM_URL, else a platform on this machine. PLATFORM_KEY is its API key, if it asks for one.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

url=
if [ -s "$PIPELINE_STATE/url" ]; then url=$(<"$PIPELINE_STATE/url"); fi
url=${url:-${PLATFORM_URL:-http://127.0.0.1:${HTTP_PORT:-8080}}}
run_or "npm run smoke -- $url" '^It does not work: ' npm run --silent smoke -- "$url"
