# shellcheck shell=bash

bench_help() {
  cat <<'HELP'
./studio bench SUITE [ARGS...]

Measures the studio and prints tables with bar, measured value, and whether it passes or falls short.

  quality   how good the results are, operation by operation
  speed     how fast they come, beside npm's sharp in the same run

ARGS go to the suite; ./studio bench without any lists what there is.
HELP
}

bench_command() {
  ensure_built "$benchmarks"
  [[ ${1:-} != speed ]] || { lock_setup; npm_install "$root/benchmarks/peers"; unlock_setup; }
  exec dotnet "$(output_of "$benchmarks")" "$@"
}
