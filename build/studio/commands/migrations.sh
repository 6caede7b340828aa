# shellcheck shell=bash

migrations_help() {
  cat <<'HELP'
./studio migrations add NAME [--context Sqlite|Postgres]

Writes the migrations that take each database from its last migration to the data model as it is now,
into PhotoStudio.Backings/Sql/<context>/Migrations. Read them before you commit them.
HELP
}

migrations_command() {
  local context name=''
  local -a contexts=(Sqlite Postgres)
  [[ ${1:-} == add ]] || fail_usage "migrations knows only 'add NAME'. ./studio migrations --help says more."
  shift
  while [[ $# -gt 0 ]]; do
    case $1 in
      --context)
        [[ $# -gt 1 ]] || fail_usage "--context needs a value."
        contexts=("$2")
        shift 2
        ;;
      *)
        name=$1
        shift
        ;;
    esac
  done
  [[ $name =~ ^[A-Z][A-Za-z0-9]*$ ]] || fail_usage "A migration is named like a class, for example AddImageTitle; '$name' is not."
  for context in "${contexts[@]}"; do
    [[ -f $root/build/ef/${context}StudioDbContextFactory.cs ]] ||
      fail_usage "There is no database context '$context': build/ef has $(cd "$root/build/ef" && printf '%s ' ./*StudioDbContextFactory.cs)."
  done

  lock_setup
  ensure_edition
  require_dotnet_sdk
  [[ $edition != portable ]] || { require_sqlite; npm_install "$root/build/native"; }
  cd "$root" || exit
  logged tools dotnet tool restore || fail_with_log tools "The tool dotnet-ef could not be had. dotnet said:"
  logged migrations dotnet build build/ef/StudioEf.csproj --nologo --verbosity quiet ||
    fail_with_log migrations "The data model does not build. It said:"
  for context in "${contexts[@]}"; do
    dotnet ef migrations add "$name" --no-build --project PhotoStudio.Backings --startup-project build/ef \
      --context "${context}StudioDbContext" --output-dir "Sql/$context/Migrations" 9>&-
  done
  unlock_setup
}
