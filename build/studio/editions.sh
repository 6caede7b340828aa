# shellcheck shell=bash
# Which edition this machine builds. The feed is asked once; the answer stands in .studio/edition.props,
# which Directory.Build.props imports.

edition_file=$state/edition.props

# Sets edition and edition_found from the record; false when there is none.
edition_recorded() {
  [[ -f $edition_file ]] || return 1
  edition=$(sed -n 's|.*<StudioEdition [^>]*>\(.*\)</StudioEdition>.*|\1|p' "$edition_file")
  edition_found=$(sed -n 's|.*<StudioEditionFound>\(.*\)</StudioEditionFound>.*|\1|p' "$edition_file")
  [[ $edition == aspire || $edition == portable ]]
}

# edition_record EDITION HOW
edition_record() {
  edition=$1 edition_found=$2
  mkdir -p "$state"
  cat >"$edition_file.new" <<PROPS
<Project>
  <!-- Written by ./studio; './studio edition probe' asks the feed again. -->
  <PropertyGroup>
    <StudioEdition Condition="'\$(StudioEdition)' == ''">$1</StudioEdition>
    <StudioEditionFound>$2</StudioEditionFound>
  </PropertyGroup>
</Project>
PROPS
  mv "$edition_file.new" "$edition_file"
}

# True, with edition set, when the edition is known without asking the feed. A choice by STUDIO_EDITION lasts as long as the variable does.
edition_known() {
  if [[ -n ${STUDIO_EDITION:-} ]]; then
    [[ $STUDIO_EDITION == aspire || $STUDIO_EDITION == portable ]] ||
      fail "STUDIO_EDITION is '$STUDIO_EDITION'; it can be aspire or portable."
    if ! edition_recorded || [[ $edition != "$STUDIO_EDITION" ]]; then
      edition_record "$STUDIO_EDITION" "chosen by STUDIO_EDITION"
    fi
  else
    edition_recorded && [[ $edition_found != *STUDIO_EDITION* ]] || return 1
  fi
  export StudioEdition=$edition
}

# Asks the feed and records the answer.
edition_probe() {
  require_dotnet_sdk
  say "Asking the package feed which edition it carries."
  local status=0 log=$state/logs/probe.log codes
  logged probe timeout --foreground --kill-after=10 "${STUDIO_PROBE_TIMEOUT:-300}" \
    dotnet restore "$root/build/probe/Probe.csproj" --force --no-http-cache || status=$?
  codes=$(grep -oE 'error [A-Z]+[0-9]+' "$log" | sort -u | tr '\n' ' ') || true
  if [[ $status -eq 0 ]]; then
    edition_record aspire "the package feed carries the aspire packages"
  elif [[ $status -eq 124 || $status -eq 137 ]]; then
    fail_with_log probe "The package feed did not answer within ${STUDIO_PROBE_TIMEOUT:-300} seconds, so the edition is not known." \
      "STUDIO_EDITION=portable (or aspire) chooses without asking."
  elif [[ $codes =~ ^(error NU110[123] )+$ ]]; then
    edition_record portable "the package feed lacks $(sed -n 's/.*Unable to find package \([A-Za-z0-9._-]*[A-Za-z0-9]\).*/\1/p;T;q' "$log")"
  else
    fail_with_log probe "The package feed could not be asked which edition it carries." \
      "STUDIO_EDITION=portable (or aspire) chooses without asking. dotnet restore said:"
  fi
  export StudioEdition=$edition
}
