#!/usr/bin/env bash
# Stands in for npm: writes each call to calls.log and leaves behind what npm ci leaves.
printf 'npm %s\n' "$*" >>"$(dirname "$0")/calls.log"
[ -z "$FAKE_NPM_OUTPUT" ] || { printf '%s\n' "$FAKE_NPM_OUTPUT"; exit 1; }
mkdir -p "$3/node_modules" && touch "$3/node_modules/.package-lock.json"
