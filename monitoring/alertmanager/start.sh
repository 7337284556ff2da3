#!/bin/sh
# Alertmanager in a container of its own: alertmanager.yml names the gateway of a laptop, here it is at GATEWAY_URL.
set -eu

config=${CONFIG_FOLDER:-/tmp}/alertmanager.yml
sed "s|http://127\.0\.0\.1:8080/|$GATEWAY_URL/|" "${CONFIG_FILE:-/etc/alertmanager/alertmanager.yml}" >"$config"
exec alertmanager --config.file="$config" "$@"
