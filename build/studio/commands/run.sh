# shellcheck shell=bash

run_help() {
  cat <<'HELP'
./studio run [--port N] [--data DIR] [-- ARGS...]

Starts the whole studio in one process: REST interface, worker and engines on embedded storage. Ctrl+C ends it.

  --port N     the port on localhost (default 8000, or what ASPNETCORE_URLS says)
  --data DIR   where photos and the database live (default: data beside this command)
  -- ARGS...   passed to the process as they are, for example -- --Studio:Guests=false

ASPNETCORE_ENVIRONMENT is Development unless it is set; there guests may use the studio without an account.
HELP
}

run_command() {
  local port='' data=$root/data
  while [[ $# -gt 0 ]]; do
    case $1 in
      --port=*) port=${1#*=} && shift ;;
      --data=*) data=${1#*=} && shift ;;
      --port | --data)
        [[ $# -gt 1 ]] || fail_usage "$1 needs a value. ./studio run --help says more."
        if [[ $1 == --port ]]; then port=$2; else data=$2; fi
        shift 2
        ;;
      --) shift && break ;;
      *) fail_usage "run does not know '$1'. ./studio run --help says more." ;;
    esac
  done
  [[ -n $data ]] || fail_usage "--data needs a folder."
  data=$(realpath --canonicalize-missing -- "$data")
  local -a arguments=(--data "$data")
  if [[ -n $port ]]; then
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail_usage "'$port' is not a port: give a number from 1 to 65535."
    arguments+=(--urls "http://localhost:$port")
  elif [[ -z ${ASPNETCORE_URLS:-}${ASPNETCORE_HTTP_PORTS:-} ]]; then
    arguments+=(--urls http://localhost:8000)
  fi

  ensure_built "$standalone"
  local assembly
  assembly=$(output_of "$standalone")
  export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
  exec dotnet "$assembly" --contentRoot "$(dirname "$assembly")" "${arguments[@]}" "$@"
}
