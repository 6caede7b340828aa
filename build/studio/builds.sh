# shellcheck shell=bash
# Fetching and building only what changed. Everything ./studio builds is the Release configuration: what is tested is what runs.

standalone=PhotoStudio.Standalone/PhotoStudio.Standalone.csproj
inference=PhotoStudio.Inference/PhotoStudio.Inference.csproj
apphost=PhotoStudio.AppHost/PhotoStudio.AppHost.csproj
benchmarks=benchmarks/PhotoStudio.Benchmarks/PhotoStudio.Benchmarks.csproj
tests=PhotoStudio.Tests/PhotoStudio.Tests.csproj
solution=PhotoStudio.sln

# output_of PROJECT: the assembly that a project builds.
output_of() {
  local name
  name=$(basename "$1" .csproj)
  printf '%s/%s/bin/%s/Release/net10.0/%s.dll' "$root" "$(dirname "$1")" "$edition" "$name"
}

# sources_of PROJECT: path, time and size of every file that the build of a project or of the solution reads, as one checksum.
sources_of() {
  local -a folders=("$root"/PhotoStudio.*/ "$root/build")
  case $1 in
    "$standalone") folders=("$root"/PhotoStudio.{Api,Backings,Core,Imaging,Inference,ServiceDefaults,Standalone,Worker} "$root/build") ;;
    *) folders+=("$root/benchmarks") ;;
  esac
  {
    find "${folders[@]}" \( -name bin -o -name obj -o -name node_modules -o -path "$root/build/studio" \) -prune \
      -o -type f -printf '%p %T@ %s\n'
    find "$root" -maxdepth 1 -type f \( -name '*.props' -o -name '*.targets' -o -name 'global.json' -o -iname 'nuget.config' \
      -o -name .editorconfig -o -name '*.sln' \) -printf '%p %T@ %s\n'
  } | LC_ALL=C sort | cksum
}

built_stamp() { printf '%s/built/%s-%s' "$state" "$edition" "$(basename "$1")"; }

# is_built PROJECT: nothing changed since it was built.
is_built() {
  local stamp result=$1
  [[ $1 != "$solution" ]] || result=$tests
  stamp=$(built_stamp "$1")
  [[ -f $stamp && -f $(output_of "$result") && $(<"$stamp") == "$(sources_of "$1")" ]]
}

native_is_fresh() { [[ $edition != portable ]] || { npm_is_fresh "$root/build/native" && has_sqlite; }; }

# ensure_edition: the edition, asking the feed only when it is not known.
ensure_edition() { edition_known || edition_probe; }

# ensure_built PROJECT: edition, native libraries and the build, each only where it is not there yet. Call it with nothing locked.
ensure_built() {
  find_dotnet
  edition_known && native_is_fresh && is_built "$1" && return
  lock_setup
  ensure_edition
  if [[ $edition == portable ]]; then
    require_sqlite
    npm_install "$root/build/native"
  fi
  is_built "$1" || build "$1"
  unlock_setup
}

# The compiler of build/ReadyToRun.targets; asked for once, and builds do without it where the feed lacks it.
offer_native_compiler() {
  local asked=$state/crossgen/asked
  [[ ! -f $asked ]] || return 0
  logged crossgen timeout --foreground --kill-after=10 120 dotnet restore "$root/build/crossgen/Crossgen.csproj" --nologo ||
    say "The feed has no compiler to native code; everything works without, and starts a little slower."
  mkdir -p "$state/crossgen"
  : >"$asked"
}

# build PROJECT: Release. The sources are summed before the build reads them, so that an edit made meanwhile is built next time.
build() {
  local project sum sums=() covered=("$1")
  # The solution holds the other two.
  [[ $1 != "$solution" ]] || covered+=("$standalone" "$benchmarks")
  for project in "${covered[@]}"; do sums+=("$(sources_of "$project")"); done
  require_dotnet_sdk
  offer_native_compiler
  say "Building $(basename "$1") ($edition edition); the first time this takes a minute or two."
  logged build dotnet build "$root/$1" --configuration Release --nologo --verbosity quiet ||
    fail_with_log build "The build failed. It said:"
  mkdir -p "$state/built"
  for project in "${covered[@]}"; do
    sum=${sums[0]} sums=("${sums[@]:1}")
    printf '%s' "$sum" >"$(built_stamp "$project")"
  done
}
