# shellcheck shell=bash
# Programs that the tests compare with. Root installs them; otherwise they are unpacked under .studio, with a command in .studio/tools.

# The command that a test calls and the Debian package that has it.
test_tools=(vips:libvips-tools exiftool:libimage-exiftool-perl initdb:postgresql postgres:postgresql redis-server:redis-server faketime:faketime)

has_tool() { [[ -x $state/tools/$1 ]] || command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null; }

# require_test_servers: those that come from npm.
require_test_servers() {
  lock_setup
  npm_install "$root/build/test-servers"
  unlock_setup
}

# require_servers: the programs that stand in for containers.
require_servers() {
  local entry
  for entry in initdb:postgresql postgres:postgresql redis-server:redis-server; do require_tool "${entry%%:*}" "${entry#*:}" "The studio needs"; done
  require_test_servers
}

# require_tool COMMAND PACKAGE WHO: it is there, or could be fetched, or nothing goes on.
require_tool() {
  has_tool "$1" && return
  lock_setup
  has_tool "$1" || apt_install "$2" || unpack_tool "$1" "$2" || true
  unlock_setup
  has_tool "$1" || fail "$3 '$1', which is not on this machine and could not be fetched." "As root: apt-get install $2"
}

# require_test_tools: each is there, or the tests do not start, so that none of them is ever left out.
require_test_tools() {
  local entry
  for entry in "${test_tools[@]}"; do require_tool "${entry%%:*}" "${entry#*:}" "The tests compare with"; done
}

# unpack_tool COMMAND PACKAGE: unpacks a package and what it depends on, as far as the machine lacks it.
unpack_tool() {
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
  local work=$state/deb/$2 program
  if [[ ! -d $work/tree ]]; then
    fetch_tree "$2" "$work" || { rm -rf "$work"; return 1; }
  fi
  mkdir -p "$state/tools"
  # Debian keeps some programs out of the way, a folder for each version.
  program=$(find "$work/tree/usr/bin" "$work/tree/usr/lib" -path "*/bin/$1" -print 2>/dev/null | sort | tail -n 1)
  [[ -n $program ]] || return 1
  cat >"$state/tools/$1" <<TOOL
#!/usr/bin/env bash
tree=$(printf '%q' "$work/tree")
join() { local IFS=:; printf '%s' "\$*"; }
shopt -s nullglob
export LD_LIBRARY_PATH=\$(join "\$tree"/{usr/,}lib/*-linux-gnu{,/blas,/lapack})\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
export PERL5LIB=\$(join "\$tree"/usr/share/perl5 "\$tree"/usr/share/perl/* "\$tree"/usr/lib/*-linux-gnu/perl/*)
exec $(printf '%q' "$program") "\$@"
TOOL
  chmod +x "$state/tools/$1"
  "$state/tools/$1" "$(tool_version_flag "$1")" >/dev/null 2>&1 || { rm -f "$state/tools/$1"; return 1; }
}

# fetch_tree PACKAGE FOLDER: unpacks a package and what it depends on into FOLDER/tree.
fetch_tree() {
  local work=$2 deb
  local -a own=(-o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1) packages=()
  say "Fetching $1 into .studio, as installing it needs root."
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs" "$work/tree"
  # Clean-up hooks of some images fail without root although the lists have come; what matters is whether packages are found below.
  logged apt-update apt-get "${own[@]}" update || true
  mapfile -t packages < <(apt-get "${own[@]}" install --print-uris --yes --no-install-recommends "$1" 2>/dev/null |
    sed -nE "s/^'[^']+' ([^_]+)_[^ ]+\.deb .*/\1/p")
  [[ ${#packages[@]} -gt 0 ]] || return 1
  (cd "$work/debs" && logged apt apt-get "${own[@]}" download "${packages[@]}" && for deb in *.deb; do dpkg -x "$deb" "$work/tree"; done)
}

tool_version_flag() { [[ $1 == exiftool ]] && printf '%s' -ver || printf '%s' --version; }
