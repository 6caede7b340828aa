#!/usr/bin/env bash
# Stands in for dotnet: writes each call to calls.log and answers as the FAKE_ variables say.
here=$(dirname "$0")
printf 'dotnet %s\n' "$*" >>"$here/calls.log"
case $1 in
  --version) echo 10.0.401 ;;
  restore)
    [ -z "$FAKE_RESTORE_HANGS" ] || exec sleep 600
    printf '%s\n' "$FAKE_RESTORE_OUTPUT"
    exit "${FAKE_RESTORE_STATUS:-0}"
    ;;
  build)
    printf '%s\n' "$FAKE_BUILD_OUTPUT"
    [ -z "$FAKE_BUILD_OUTPUT" ] || exit 1
    root=$(cd "$(dirname "$here")" && pwd)
    for project in PhotoStudio.Standalone PhotoStudio.Tests; do
      mkdir -p "$root/$project/bin/$StudioEdition/Release/net10.0"
      touch "$root/$project/bin/$StudioEdition/Release/net10.0/$project.dll"
    done
    ;;
  test)
    while [ $# -gt 0 ]; do
      [ "$1" != --results-directory ] || folder=$2
      shift
    done
    [ -z "$FAKE_TRX" ] || cp "$FAKE_TRX" "$folder/PhotoStudio.Tests.trx"
    exit "${FAKE_TEST_STATUS:-0}"
    ;;
  *.dll)
    echo "environment: $ASPNETCORE_ENVIRONMENT"
    echo "address: $ASPNETCORE_URLS"
    printf 'argument: %s\n' "$@"
    ;;
esac
