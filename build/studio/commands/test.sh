# shellcheck shell=bash

test_help() {
  cat <<'HELP'
./studio test [FILTER]

Builds the solution and runs its tests. The last line is "N passed, N failed" (and ", N skipped" when there are any).

  FILTER   a part of the tests' full names, for example RemoveBackground,
           or an expression of dotnet test, for example 'FullyQualifiedName~Codecs&FullyQualifiedName!~Png'

Ends with 0 when something ran and nothing failed.
HELP
}

test_command() {
  [[ $# -le 1 ]] || fail_usage "test takes one filter. ./studio test --help says more."
  local filter=${1:-} results status=0 died=0
  # A plain word is a part of the name; its special characters are taken literally.
  [[ -z $filter || $filter =~ [=~] ]] || filter="FullyQualifiedName~$(printf '%s' "$filter" | sed 's/[\\()&|!]/\\&/g')"

  ensure_built "$solution"
  require_test_tools
  require_test_servers
  mkdir -p "$state/tests"
  find "$state/tests" -mindepth 1 -maxdepth 1 -mtime +2 -exec rm -rf {} +
  results=$(mktemp -d "$state/tests/$(date +%Y%m%d-%H%M%S)-XXXX")

  dotnet test "$(output_of "$tests")" ${filter:+--filter "$filter"} --results-directory "$results" \
    --logger "trx;LogFileName=results.trx" --logger "console;verbosity=minimal" \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none </dev/null || status=$?
  # A test process that dies has no failed test to show for it.
  if [[ $status -ne 0 && $(count_outcomes "$bad" "$results"/*.trx) -eq 0 ]]; then
    say "The test process ended with $status without saying which test failed."
    died=1
  fi
  summarize "$died" "$results"/*.trx
}

# The outcomes of a result file that mean a test failed.
bad='Failed|Error|Timeout|Aborted'

# count_outcomes PATTERN TRX...: how many results have one of the outcomes.
count_outcomes() {
  local pattern=$1 file count=0
  shift
  for file in "$@"; do
    [[ ! -f $file ]] || count=$((count + $(grep -oE "<UnitTestResult [^>]*[[:space:]]outcome=\"($pattern)\"" "$file" | wc -l || true)))
  done
  printf '%d' "$count"
}

# summarize DIED TRX...: the last line, and the exit status.
summarize() {
  local died=$1 passed failed skipped
  shift
  passed=$(count_outcomes 'Passed' "$@")
  failed=$(($(count_outcomes "$bad" "$@") + died))
  skipped=$(count_outcomes 'NotExecuted' "$@")
  [[ $((passed + failed)) -gt 0 ]] || say "No test ran."
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$([[ $skipped -eq 0 ]] || printf ', %d skipped' "$skipped")"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}
