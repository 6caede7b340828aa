# shellcheck shell=bash
# What the machine must have: the .NET SDK, npm, SQLite, and the native libraries that npm brings.

# The command line tools keep caches and settings under HOME; where there is none to write to, .studio serves.
if [[ -z ${HOME:-} || ! -w ${HOME:-} ]]; then
  export HOME=$state/home
  mkdir -p "$HOME"
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_UI_LANGUAGE=en
# The studio itself runs with the invariant culture; this lets the SDK start where ICU is not installed.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

# dotnet may stand outside PATH, as the install script leaves it.
find_dotnet() {
  command -v dotnet >/dev/null && return
  local folder
  for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    if [[ -x $folder/dotnet ]]; then
      export PATH=$folder:$PATH DOTNET_ROOT=$folder
      return
    fi
  done
  fail "The .NET SDK 10.0 is not on this machine, and Debian's own feeds do not carry it." \
    "Install it as https://dotnet.microsoft.com/download/dotnet/10.0 says, or without root:" \
    "  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

require_dotnet_sdk() {
  find_dotnet
  (cd "$root" && logged dotnet dotnet --version) ||
    fail_with_log dotnet "The .NET SDK that global.json asks for (10.0.100 or a later 10.0) is not on this machine. dotnet said:"
}

require_npm() {
  command -v npm >/dev/null && return
  apt_install nodejs npm && command -v npm >/dev/null && return
  fail "npm is not on this machine; it brings the native picture library." "As root: apt-get install nodejs npm"
}

# npm_install FOLDER: installs what FOLDER's lock file names, unless that was done since the lock file changed.
npm_install() {
  npm_is_fresh "$1" && return
  require_npm
  say "Fetching the npm packages of ${1#"$root"/}."
  logged npm npm ci --prefix "$1" --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund ||
    fail_with_log npm "npm could not install ${1#"$root"/}. It said:"
  npm_prune "$1"
}

# npm_prune FOLDER: removes the ONNX Runtime libraries of other platforms, which are most of what npm brought. npm keeps no record of
# single files, so a second start finds the installation as complete as before.
npm_prune() {
  local plugins=$1/node_modules/com.github.asus4.onnxruntime/Plugins
  [[ -d $plugins/Linux ]] || return 0
  find "$plugins" -mindepth 1 -maxdepth 1 ! -name Linux -exec rm -rf -- {} +
}

# npm writes its hidden lock file last, so an interrupted installation is not taken for a finished one.
npm_is_fresh() {
  [[ ! -f $1/package-lock.json || $1/node_modules/.package-lock.json -nt $1/package-lock.json ]]
}

has_sqlite() {
  [[ -e $state/native/libsqlite3.so.0 || $(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) == *libsqlite3.so.0* ]]
}

# The portable edition uses the system's SQLite (PhotoStudio.Backings/Sql/Sqlite/Portable/SqliteNative.cs looks into .studio/native too).
require_sqlite() {
  has_sqlite && return
  apt_install libsqlite3-0 || apt_unpack libsqlite3-0 libsqlite3.so.0 || true
  has_sqlite ||
    fail "SQLite's library (libsqlite3.so.0) is not on this machine and could not be fetched." "As root: apt-get install libsqlite3-0"
}

# apt_install PACKAGE...: as root, from the machine's feeds.
apt_install() {
  [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null || return 1
  say "Installing $*."
  local -a install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@")
  logged apt "${install[@]}" || { logged apt-update apt-get update && logged apt "${install[@]}"; }
}

# apt_unpack PACKAGE LIBRARY: without root, unpacks the package under .studio and links its LIBRARY into .studio/native.
apt_unpack() {
  command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
  local work=$state/deb/$1 library
  say "Fetching $1 into .studio, as installing it needs root."
  rm -rf "$work" && mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$state/native"
  # Lists of our own serve where the machine's are empty: refreshing those needs root.
  local -a own=(-o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o Debug::NoLocking=1)
  (cd "$work" && { logged apt apt-get download "$1" ||
    { logged apt-update apt-get "${own[@]}" update && logged apt apt-get "${own[@]}" download "$1"; }; } &&
    dpkg -x ./*.deb tree) || return 1
  library=$(find "$work/tree" -name "$2" -print -quit)
  [[ -n $library ]] && ln -sfn "$(realpath --relative-to="$state/native" "$library")" "$state/native/$2"
}
