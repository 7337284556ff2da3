# shellcheck shell=bash
# `npm start` on ports and in a folder of its own. To be sourced.

taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_ports: sets what .env.example says of ports
free_ports() {
  local base
  while :; do
    base=$((20000 + RANDOM % 10000))
    taken $base || taken $((base + 1)) || taken $((base + 2)) || taken $((base + 3)) ||
      taken $((base + 4)) || break
  done
  export HTTP_PORT=$base LAMBDA_PORT=$((base + 1)) EMULATOR_PORT=$((base + 2)) EXPORTER_PORT=$((base + 4))
}

# start_platform <folder>: returns at once; data, log and process id go to the folder
start_platform() {
  mkdir -p "$1"
  : >"$1/platform.log"
  set -m # a process group of its own, to be ended as one
  # It writes down its own number: whoever is ended now leaves nothing running that nobody knows of.
  (echo "$BASHPID" >"$1/pid" && DATA_DIR=$1/data exec npm start) </dev/null >"$1/platform.log" 2>&1 &
  set +m
  until [ -s "$1/pid" ]; do sleep 0.01; done
}

# await_platform <folder>: until it serves; fails, with its log, if it ends or takes more than a minute
await_platform() {
  local code=1 end=$((SECONDS + 60))
  while kill -0 "$(<"$1/pid")" 2>/dev/null && [ $SECONDS -lt $end ]; do
    if grep -q "ready after" "$1/platform.log"; then code=0 && break; fi
    sleep 0.2
  done
  cat "$1/platform.log"
  return $code
}

# stop_platform <folder>: until all of it is gone, by force after ten seconds; nothing to do if it never started
stop_platform() {
  local group
  [ -f "$1/pid" ] || return 0
  group=-$(<"$1/pid")
  # It may be gone already: that is no failure, under `set -e` neither.
  kill -TERM -- "$group" 2>/dev/null || true
  for _ in {1..50}; do
    kill -0 -- "$group" 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL -- "$group" 2>/dev/null || true
  rm -f "$1/pid"
}
