#!/bin/sh
# Starts Alertmanager in a container: replaces the laptop's gateway address in alertmanager.yml with GATEWAY_URL.
set -eu

config=${CONFIG_FOLDER:-/tmp}/alertmanager.yml
sed "s|http://127\.0\.0\.1:8080/|$GATEWAY_URL/|" "${CONFIG_FILE:-/etc/alertmanager/alertmanager.yml}" >"$config"
exec alertmanager --config.file="$config" "$@"
