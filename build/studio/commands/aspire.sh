# shellcheck shell=bash

aspire_help() {
  cat <<'HELP'
./studio aspire [--https] [--containers auto|always|never] [-- ARGS...]

Starts the studio as services of its own, each in its process, with PostgreSQL, Redis, MongoDB and the emulator of Azure Storage, and the
Aspire dashboard to watch them (http://localhost:15080). Needs the aspire edition. Ctrl+C ends it all.

  --https              the dashboard over HTTPS, with the development certificate of 'dotnet dev-certs https'
  --containers WHEN    auto (the default): the servers are containers where Docker or Podman answers, and otherwise programs of this machine,
                       without MongoDB; always and never choose
  -- ARGS...           passed to the topology as they are, for example -- --Studio:Workers=4

docs/deploy.md says how the same topology goes to Azure.
HELP
}

aspire_command() {
  local profile=http containers=auto
  while [[ $# -gt 0 ]]; do
    case $1 in
      --https) profile=https && shift ;;
      --containers=*) set -- --containers "${1#*=}" "${@:2}" ;;
      --containers)
        [[ ${2:-} =~ ^(auto|always|never)$ ]] || fail_usage "--containers takes auto, always or never. ./studio aspire --help says more."
        containers=$2
        shift 2
        ;;
      --) shift && break ;;
      *) fail_usage "aspire does not know '$1'. ./studio aspire --help says more." ;;
    esac
  done

  find_dotnet
  edition_known || { lock_setup && ensure_edition && unlock_setup; }
  [[ $edition == aspire ]] ||
    fail "The topology needs the aspire edition, and this machine builds the portable one: $edition_found." \
      "./studio run starts the same studio in one process. With a feed that carries Aspire, './studio edition probe' asks it again."
  [[ $containers != auto ]] || has_container_runtime || containers=never
  [[ $containers != never ]] || require_servers
  ensure_built "$apphost"
  exec dotnet run --project "$root/$apphost" --configuration Release --no-build --launch-profile "$profile" -- "--Studio:Containers=$containers" "$@"
}

# has_container_runtime: a client without its service is none.
has_container_runtime() {
  local runtime
  for runtime in ${ASPIRE_CONTAINER_RUNTIME:-docker podman}; do
    ! command -v "$runtime" >/dev/null || ! timeout 5 "$runtime" info >/dev/null 2>&1 || return 0
  done
  return 1
}
