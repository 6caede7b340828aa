# shellcheck shell=bash

chaos_help() {
  cat <<'HELP'
./studio chaos [--minutes N] [--seed S] [FAULT...]

Starts the distributed studio, has it work, and breaks it in every way it has to survive: processes killed, stopped and frozen, servers
taken away, signals given twice, a clock an hour off. After each fault it takes account of every job and every blob.
Ends with 0 when nothing was lost, doubled or left over.

  --minutes N   how long (default: each fault once)
  --seed S      repeats the choices of an earlier run
  FAULT         only these; without any valid one it lists them
HELP
}

chaos_command() {
  ensure_built "$benchmarks"
  require_test_tools
  require_test_servers
  exec dotnet "$(output_of "$benchmarks")" chaos "$@"
}
