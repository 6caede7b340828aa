# shellcheck shell=bash

run_help() {
  cat <<'HELP'
./studio run [--port N] [--data DIR] [-- ARGS...]

Starts the whole studio in one process: REST interface, worker and engines on embedded storage. Ctrl+C ends it.

  --port N     the port on localhost (default: what ASPNETCORE_URLS says, else 8000)
  --data DIR   where photos and the database live (default: what Studio__Data says, else data beside this command)
  -- ARGS...   passed to the process as they are, for example -- --Studio:Guests=false

ASPNETCORE_ENVIRONMENT is Development unless it is set; there guests may use the studio without an account.
HELP
}

run_command() {
  local port='' data='' assembly
  local -a arguments=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --port=* | --data=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
      --port | --data)
        [[ -n ${2:-} ]] || fail_usage "$1 needs a value. ./studio run --help says more."
        if [[ $1 == --port ]]; then port=$2; else data=$2; fi
        shift 2
        ;;
      --) shift && break ;;
      *) fail_usage "run does not know '$1'. ./studio run --help says more." ;;
    esac
  done
  if [[ -n $data ]]; then
    arguments+=(--data "$(realpath --canonicalize-missing -- "$data")")
  elif [[ -z ${Studio__Data:-} ]]; then
    arguments+=(--data "$root/data")
  fi
  if [[ -n $port ]]; then
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail_usage "'$port' is not a port: give a number from 1 to 65535."
    arguments+=(--port "$port")
    unset ASPNETCORE_URLS
  fi

  ensure_built "$standalone"
  assembly=$(output_of "$standalone")
  export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
  exec dotnet "$assembly" "${arguments[@]}" "$@"
}
