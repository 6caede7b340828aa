# shellcheck shell=bash

cluster_help() {
  cat <<'HELP'
./studio cluster [--workers N] [--inference N] [--port N] [--data DIR]

Starts the distributed studio on this machine: PostgreSQL, Redis, Azurite (Azure Storage), and the studio's services, each a process of
its own; one line a process says its name, its process id and where it is. Ctrl+C ends all of it, in order.

  --workers N     how many workers (default: 1)
  --inference N   how many instances of inference (default: 1)
  --port N        the port of the REST service on localhost (default: a free one)
  --data DIR      where the database, the photos and the logs are and stay (default: .studio/cluster)

ASPNETCORE_ENVIRONMENT is Development unless it is set.
HELP
}

cluster_command() {
  local data=$state/cluster
  local -a arguments=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --workers=* | --inference=* | --port=* | --data=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
      --workers | --inference | --port | --data)
        [[ -n ${2:-} ]] || fail_usage "$1 needs a value. ./studio cluster --help says more."
        if [[ $1 == --data ]]; then data=$(realpath --canonicalize-missing -- "$2"); else arguments+=("$1" "$2"); fi
        shift 2
        ;;
      *) fail_usage "cluster does not know '$1'. ./studio cluster --help says more." ;;
    esac
  done
  ensure_built "$benchmarks"
  require_test_tools
  require_test_servers
  exec dotnet "$(output_of "$benchmarks")" cluster --data "$data" "${arguments[@]}"
}
