# shellcheck shell=bash

edition_help() {
  cat <<'HELP'
./studio edition [probe]

Prints the edition that is built on this machine and how it was found. probe asks the package feed again.

  aspire     everything; needs the public NuGet gallery or a mirror of it
  portable   what a small feed carries, with native libraries from npm (Linux x64)

STUDIO_EDITION=aspire|portable chooses without asking.
HELP
}

edition_command() {
  case ${1:-} in
    '') edition_known || { lock_setup; ensure_edition; } ;;
    --probe | probe) lock_setup && edition_probe ;;
    *) fail_usage "edition does not know '$1'. ./studio edition --help says more." ;;
  esac
  printf '%s (%s)\n' "$edition" "$edition_found"
}
