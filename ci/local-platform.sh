# shellcheck shell=bash
# Runs `npm start` on separate ports and in a separate folder. To be sourced.

taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_ports: sets the port variables of .env.example to free ports, which are never those of tests (20000 and up)
free_ports() {
  local base
  while :; do
    base=$((10000 + RANDOM % 9990))
    taken $base || taken $((base + 1)) || taken $((base + 2)) || taken $((base + 3)) ||
      taken $((base + 4)) || break
  done
  export HTTP_PORT=$base LAMBDA_PORT=$((base + 1)) EMULATOR_PORT=$((base + 2)) EXPORTER_PORT=$((base + 4))
}

# start_platform <folder>: starts in the background, with data, log and process ID in the folder
start_platform() {
  mkdir -p "$1"
  : >"$1/platform.log"
  set -m # a separate process group, so that it can be ended as a whole
  # The process writes its own ID, so that no unknown process is left if this script is ended now.
  (echo "$BASHPID" >"$1/pid" && DATA_DIR=$1/data exec npm start) </dev/null >"$1/platform.log" 2>&1 &
  set +m
  until [ -s "$1/pid" ]; do sleep 0.01; done
}

# await_platform <folder>: waits until it is ready; fails and prints its log if it exits or takes more than a minute
await_platform() {
  local code=1 end=$((SECONDS + 60))
  while kill -0 "$(<"$1/pid")" 2>/dev/null && [ $SECONDS -lt $end ]; do
    if grep -q "ready after" "$1/platform.log"; then code=0 && break; fi
    sleep 0.2
  done
  cat "$1/platform.log"
  return $code
}

# stop_platform <folder>: waits until all processes have ended, killed after ten seconds; no-op if it never started
stop_platform() {
  local group
  [ -f "$1/pid" ] || return 0
  group=-$(<"$1/pid")
  # It may have ended already, which must not fail under `set -e`.
  kill -TERM -- "$group" 2>/dev/null || true
  for _ in {1..50}; do
    kill -0 -- "$group" 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL -- "$group" 2>/dev/null || true
  rm -f "$1/pid"
}
