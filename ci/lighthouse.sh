#!/usr/bin/env bash
# Measures pages of a running platform with Lighthouse in Chromium: ci/lighthouse.sh <url> [path…]
# Expects 100 for accessibility and best practices, and 95 for performance on a simulated phone, or LIGHTHOUSE_PERFORMANCE
# on a busy machine. Takes about 10 s per page.
set -euo pipefail

url=$1
shift
if [ $# -eq 0 ]; then set -- / /incidents /incidents/1 /on-call; fi
if ! CHROME_PATH=$(type -P chromium); then
  echo "Chromium is missing: Lighthouse is skipped."
  exit 0
fi
export CHROME_PATH

report=$(mktemp)
trap 'rm -f "$report"' EXIT

# Not among the tools of ci/package.json: with its 190 MB it would be most of them.
measure() {
  npm exec --yes --package=lighthouse@13.5.0 -- lighthouse "$url$1" --quiet --output=json --output-path="$report" \
    --only-categories=performance,accessibility,best-practices --chrome-flags="--headless=new --no-sandbox --disable-gpu"
}

# Prints scores and the failed audits. Fails below the limits.
# shellcheck disable=SC2016 # expands in node
judge() {
  node -e '
    const { categories, audits } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    const limits = { performance: (process.env.LIGHTHOUSE_PERFORMANCE ?? 95) / 100, accessibility: 1, "best-practices": 1 };
    const missed = Object.values(categories).filter(({ id, score }) => !(score >= limits[id]));
    const scores = Object.values(categories).map(({ id, score }) => `${id} ${Math.round(score * 100)}`);
    console.log(`${process.argv[2].padEnd(14)} ${scores.join("  ")}`);
    for (const { auditRefs } of missed)
      for (const { id, weight } of auditRefs)
        if (weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
          console.log(`  ${id}: ${audits[id].title} ${audits[id].displayValue ?? ""}`);
    process.exitCode = missed.length > 0 ? 1 : 0;
  ' "$report" "$1"
}

failed=0
for path in "$@"; do
  # On a busy machine, pages are slower and Chromium may not start in time: measured once more.
  { measure "$path" && judge "$path"; } || { measure "$path" && judge "$path"; } || failed=1
done
exit "$failed"
