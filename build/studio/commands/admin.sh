# shellcheck shell=bash

admin_help() {
  cat <<'HELP'
./studio admin COMMAND [ARGS...]

Looks after the studio at the machine, beside one that runs or without one.

  make-admin EMAIL                     make an account an admin; a new one gets a password, which is shown once
  premium EMAIL [--off]                give premium limits, or take them
  lock EMAIL, unlock EMAIL             keep an account out, or let it in again
  users [TEXT]                         list accounts, or those with the text in their address or name
  dead-letters                         list jobs that were given up
  dead-letters replay ID, discard ID   have one tried again, or give it up
  backup DIR                           copy the data into a new folder while the studio runs
  restore DIR                          put a backup where the data is to be; there must be none yet

The studio has to have been started once. Its data is in data beside this command unless Studio__Data names another folder, or
ConnectionStrings__studio a database server. docs/administration.md says more.
HELP
}

admin_command() {
  ensure_built "$standalone"
  # Where ./studio run looks too.
  [[ -n ${Studio__Data:-} ]] || export Studio__Data=$root/data
  exec dotnet "$(output_of "$standalone")" admin "$@"
}
