#!/usr/bin/env bash
# All tests, and the coverage that vitest.config.ts asks for.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

do_or "a test failed, or too little is covered: npm test" npm test --silent
