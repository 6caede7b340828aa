# shellcheck shell=bash

models_help() {
  cat <<'HELP'
./studio models COMMAND [ARGS...]

Fetches and looks after the models that engines run. The studio need not run; one that does notices within a second.

  list [--json]                                    every model, its licence, and whether it is installed
  pull ID... [--accept-license]                    fetch models; goes on where an earlier try broke off
  import FILE... [--as ID] [--accept-license]      take files in; their hashes say which models they are
  accept ID...                                     accept the licences of models that are here
  verify [ID...]                                   read the files again and compare their hashes; all of them when none is named
  remove ID...                                     delete models

They live in data/models beside this command unless Studio__Models__Path (or MODEL_PATH) names other folders, with ';' between; new ones go
into the first. docs/models.md says more.
HELP
}

models_command() {
  ensure_built "$standalone"
  # Where ./studio run looks too.
  [[ -n ${Studio__Data:-} ]] || export Studio__Data=$root/data
  exec dotnet "$(output_of "$inference")" models "$@"
}
