# shellcheck shell=bash

inference_help() {
  cat <<'HELP'
./studio inference [--port N] [-- ARGS...]

Starts the part of the studio that works on pictures as a service of its own, for a machine with more memory or a GPU. It keeps nothing
and checks no tokens: keep it on a network that only the studio reaches. Ctrl+C ends it.
A studio uses it with ./studio run -- --Studio:Inference:Url=http://that-machine:8010

  --port N     the port on localhost (default: what ASPNETCORE_URLS says, else 8010)
  -- ARGS...   passed to the process as they are, for example -- --urls http://0.0.0.0:8010 --Studio:Inference:Slots=4

ASPNETCORE_ENVIRONMENT is Development unless it is set.
HELP
}

inference_command() {
  local port='' assembly
  local -a arguments=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --port=*) set -- --port "${1#*=}" "${@:2}" ;;
      --port)
        [[ -n ${2:-} ]] || fail_usage "$1 needs a value. ./studio inference --help says more."
        port=$2
        shift 2
        ;;
      --) shift && break ;;
      *) fail_usage "inference does not know '$1'. ./studio inference --help says more." ;;
    esac
  done
  if [[ -n $port ]]; then
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail_usage "'$port' is not a port: give a number from 1 to 65535."
    arguments+=(--port "$port")
    unset ASPNETCORE_URLS
  fi

  # The standalone studio has all of inference in it, and its build is the one that people have.
  ensure_built "$standalone"
  assembly=$(output_of "$inference")
  # Models are where ./studio models puts them.
  [[ -n ${Studio__Data:-} ]] || export Studio__Data=$root/data
  export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
  exec dotnet "$assembly" "${arguments[@]}" "$@"
}
