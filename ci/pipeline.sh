#!/usr/bin/env bash
# The pipeline of every change, on a laptop and in CI: `ci/pipeline.sh --help`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

all=(quality security test build deploy verify)

usage() {
  cat <<'END'
Usage: ci/pipeline.sh [options]

  quality   format, types, import rules, contracts, AWS template, shell scripts
  security  vulnerabilities of dependencies, secrets in files, Dockerfiles, .gitignore
  test      unit, integration and end-to-end tests, with the required coverage
  build     bundles and packages, and images if Docker is running
  deploy    to free ports and a temporary folder; with --stage, to AWS
  verify    health check and an end-to-end smoke test

  --from STAGE   start at this stage
  --only STAGE   run only this stage
  --stage NAME   deploy to AWS as this stage (requires credentials)
  --keep         keep the local platform running
  --help         show this help

The pipeline stops at the first failed stage. If a deployment fails or cannot be verified, it is rolled back, and its
logs are kept in .pipeline/.
Exit code: 0 if all stages passed, 1 if one failed, 2 for invalid options.
END
}

confused() {
  printf '%s\n\n' "$1" >&2
  usage >&2
  exit 2
}

is_stage() { case " ${all[*]} " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

chosen=("${all[@]}")
keep=
export DEPLOY_STAGE=local
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage && exit ;;
    --keep) keep=1 ;;
    --from | --only | --stage)
      [ $# -gt 1 ] || confused "$1 needs a value."
      if [ "$1" = --stage ]; then
        DEPLOY_STAGE=$2
      else
        is_stage "$2" || confused "Unknown stage: $2"
        if [ "$1" = --only ]; then chosen=("$2"); fi
        if [ "$1" = --from ]; then while [ "${chosen[0]}" != "$2" ]; do chosen=("${chosen[@]:1}"); done; fi
      fi
      shift
      ;;
    *) confused "Unknown option: $1" ;;
  esac
  shift
done

# Colors on terminals only, unless set explicitly.
bold='' red='' green='' dim='' plain=''
if [ -z "${NO_COLOR:-}" ] && { [ -t 1 ] || [ "${FORCE_COLOR:-0}" != 0 ]; }; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' dim=$'\e[2m' plain=$'\e[0m'
fi

stages=${PIPELINE_STAGES:-ci/stages}
# Logs of the last failed deployment.
evidence=${PIPELINE_EVIDENCE:-.pipeline}
# Stages exchange data in files: see ci/stages/common.sh.
PIPELINE_STATE=$(mktemp -d)
export PIPELINE_STATE

running=
tidy() {
  if [ -n "$running" ]; then
    kill -TERM -- "-$running" 2>/dev/null
    wait "$running" 2>/dev/null
  fi
  if [ -n "$keep" ] && [ -f "$PIPELINE_STATE/pid" ]; then
    printf '\nThe platform is running at %s, with data and log in %s. Stop it with: kill -TERM -- -%s\n' \
      "$(<"$PIPELINE_STATE/url")" "$PIPELINE_STATE" "$(<"$PIPELINE_STATE/pid")"
    return
  fi
  if [ "$DEPLOY_STAGE" = local ]; then "$stages/rollback.sh" >/dev/null 2>&1; fi
  rm -rf "$PIPELINE_STATE"
}
trap tidy EXIT
trap 'exit 130' INT TERM

rows=()
failed=
reason=
stopped=

# Adds a row to the summary.
row() {
  local colour=$dim
  case $2 in passed) colour=$green ;; failed) colour=$red ;; esac
  rows+=("$(printf '%-10s%s%-9s%s%7s' "$1" "$colour" "$2" "$plain" "$3")")
}

# Prints why a stage failed in one line: its own reason, or the last line of its output.
why() {
  if [ -s "$PIPELINE_STATE/reason" ]; then
    cat "$PIPELINE_STATE/reason"
  else
    grep -v '^[[:space:]]*$' "$PIPELINE_STATE/$1.log" | tail -n 1
  fi
}

# Keeps the logs of the failed deployment before the rollback.
keep_evidence() {
  local file
  rm -rf "$evidence"
  for file in "$1.log" platform.log data/platform.log data/emulators.log; do
    if [ -s "$PIPELINE_STATE/$file" ]; then
      mkdir -p "$evidence" && cp "$PIPELINE_STATE/$file" "$evidence/${file/\//-}"
    fi
  done
  if [ -d "$evidence" ]; then echo "Logs of the failed deployment are in $evidence/." | tee -a "$PIPELINE_STATE/notes"; fi
}

# Stops the platform of this run, unless it is to be kept. Failures of the rollback itself are reported.
take_back() {
  local had=
  if [ -f "$PIPELINE_STATE/pid" ]; then had=1; fi
  if ! "$stages/rollback.sh" </dev/null 2>&1; then
    echo "The rollback failed." | tee -a "$PIPELINE_STATE/notes"
  elif [ -n "$had" ]; then
    stopped="; the local platform was stopped"
  fi
}

# run_stage <name>: runs in a separate process group, so that a signal ends it with all child processes
run_stage() {
  local code=0
  set -m
  ("$stages/$1.sh" </dev/null 2>&1 | tee "$PIPELINE_STATE/$1.log") &
  running=$!
  set +m
  wait "$running" || code=$?
  running=
  return "$code"
}

began=$SECONDS
for name in "${all[@]}"; do
  if [ -n "$failed" ] || [[ " ${chosen[*]} " != *" $name "* ]]; then
    row "$name" "-" ""
    continue
  fi
  printf '\n%s▶ %s%s\n' "$bold" "$name" "$plain"
  stage_began=$SECONDS
  if run_stage "$name"; then
    row "$name" passed "$((SECONDS - stage_began)) s"
    continue
  fi
  failed=$name
  reason=$(why "$name")
  row "$name" failed "$((SECONDS - stage_began)) s"
  case $name in
    deploy | verify)
      keep=
      keep_evidence "$name"
      printf '\n%s▶ rollback%s\n' "$bold" "$plain"
      take_back
      ;;
  esac
done
if [ "$DEPLOY_STAGE" = local ] && [ -z "$keep" ] && [ -f "$PIPELINE_STATE/pid" ]; then take_back >/dev/null; fi
skipped=
if [ -s "$PIPELINE_STATE/skipped" ]; then skipped="; $(paste -sd ';' "$PIPELINE_STATE/skipped" | sed 's/;/; /g')"; fi

printf '\n%s%-10s%-9s%7s%s\n' "$bold" stage outcome time "$plain"
printf '%s\n' "${rows[@]}"
if [ -s "$PIPELINE_STATE/notes" ]; then printf '\n%s' "" && sed 's/^/Note: /' "$PIPELINE_STATE/notes"; fi
if [ -n "$failed" ]; then
  printf '\n%s%s failed%s after %s s: %s\n' "$red" "$failed" "$plain" $((SECONDS - began)) "$reason$skipped$stopped"
  exit 1
fi
printf '\n%sAll passed%s in %s s%s\n' "$green" "$plain" $((SECONDS - began)) "$skipped$stopped"
