# shellcheck shell=bash
# Messages, the set-up lock, and running a tool so that its failure can be read.

say() { printf 'studio: %s\n' "$1" >&2; [[ $# -eq 1 ]] || printf '        %s\n' "${@:2}" >&2; }

# fail LINE...: says what is wrong and what to do, and ends with 1.
fail() { say "$@"; exit 1; }

# fail_usage LINE...: the same for a command line that makes no sense; ends with 2.
fail_usage() { say "$@"; exit 2; }

# One set-up at a time: a second call waits until the first has fetched and built.
lock_setup() {
  mkdir -p "$state" || fail "Cannot write to $state." "The studio keeps its state there: make the folder writable for $(id -un)."
  command -v flock >/dev/null || return 0
  exec 9>"$state/lock"
  flock --nonblock 9 || { say "Waiting for another ./studio to finish its set-up."; flock 9; }
}

unlock_setup() { exec 9>&-; }

# logged NAME COMMAND...: runs a tool with its output in .studio/logs/NAME.log.
# The lock stays ours: a build server that lives on must not hold it.
logged() {
  local log=$state/logs/$1.log
  shift
  mkdir -p "$state/logs"
  "$@" >"$log" 2>&1 </dev/null 9>&-
}

# fail_with_log NAME LINE...: says what failed, with the telling end of the tool's output and a hint when the network is to blame.
fail_with_log() {
  local log=$state/logs/$1.log
  shift
  local -a shown advice=()
  mapfile -t shown < <(grep -E '(error|npm ERR!|npm error|^E:)' "$log" | awk '!seen[$0]++' | head -n 12)
  [[ ${#shown[@]} -gt 0 ]] || mapfile -t shown < <(tail -n 12 "$log")
  if grep -qE 'NU1301|ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET)|ETIMEDOUT|E40[13]|CERT_|Temporary failure|Could not resolve' "$log"; then
    advice=("A package feed did not answer as it should. Check the network, any proxy and its certificate, then try again."
      "The feeds in use: 'dotnet nuget list source' and 'npm config get registry'.")
  fi
  say "$@" "${shown[@]}" "${advice[@]}" "All of its output: $log"
  exit 1
}
