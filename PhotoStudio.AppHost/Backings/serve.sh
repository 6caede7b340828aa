#!/usr/bin/env bash
# serve.sh postgres|redis-server|azurite PORT FOLDER: runs one of the studio's servers in the foreground on 127.0.0.1, with its data in FOLDER.
# STUDIO_SERVER_PASSWORD is the password of PostgreSQL's user "studio" and of Redis. Root runs PostgreSQL, which refuses it, as another user.
set -euo pipefail

root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# find_program NAME: sets program to a copy that ./studio unpacked, the one on the path, or the newest where Debian puts PostgreSQL's.
find_program() {
  local found
  program=''
  for found in /usr/lib/postgresql/*/bin/"$1" "$(command -v "$1" || true)" "$root/.studio/tools/$1"; do
    [[ ! -x $found ]] || program=$found
  done
  [[ -n $program ]] || fail "'$1' is not on this machine. As root: apt-get install $2"
}

# initialize_postgres INITDB POSTGRES: makes the cluster and the database beside, so that a start that breaks off leaves nothing half made.
initialize_postgres() {
  local fresh=$folder/fresh
  rm -rf "$fresh"
  (umask 077 && printf '%s' "$STUDIO_SERVER_PASSWORD" >"$folder/password")
  chown "$owner" "$folder/password"
  "${as[@]}" "$1" --pgdata "$fresh" --username=studio --pwfile="$folder/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C \
    --no-instructions
  rm -f "$folder/password"
  "${as[@]}" "$2" --single -D "$fresh" postgres <<<'CREATE DATABASE studio' >/dev/null
  mv "$fresh" "$folder/data"
}

serve_postgres() {
  local initdb
  find_program initdb postgresql && initdb=$program
  find_program postgres postgresql
  as=() owner=$(id -un)
  if [[ $(id -u) -eq 0 ]]; then
    owner=nobody
    ! id postgres >/dev/null 2>&1 || owner=postgres
    as=(setpriv "--reuid=$owner" "--regid=$(id -gn "$owner")" --clear-groups)
    chown "$owner" "$folder"
  fi
  cd "$folder"
  [[ -d $folder/data ]] || initialize_postgres "$initdb" "$program"
  exec "${as[@]}" "$program" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$folder" -c max_connections=300
}

serve_redis() {
  find_program redis-server redis-server
  # The configuration comes over a pipe, so that the password is in no list of processes.
  exec "$program" - < <(
    printf '%s\n' "bind 127.0.0.1" "port $port" "dir $folder" "appendonly yes" "save \"\"" "maxmemory-policy noeviction" \
      "requirepass $STUDIO_SERVER_PASSWORD"
  )
}

serve_azurite() {
  local azurite=$root/build/test-servers/node_modules/.bin/azurite-blob
  [[ -x $azurite ]] || azurite=$(command -v azurite-blob) || fail "Azurite is not on this machine. npm install --global azurite"
  exec "$azurite" --location "$folder" --skipApiVersionCheck --disableTelemetry --silent --blobHost 127.0.0.1 --blobPort "$port"
}

[[ $# -eq 3 && $2 =~ ^[0-9]+$ ]] || fail "Usage: serve.sh postgres|redis-server|azurite PORT FOLDER"
port=$2 folder=$3
mkdir -p "$folder"
case $1 in
  postgres) : "${STUDIO_SERVER_PASSWORD:?}" && serve_postgres ;;
  redis-server) : "${STUDIO_SERVER_PASSWORD:?}" && serve_redis ;;
  azurite) serve_azurite ;;
  *) fail "There is no server '$1': postgres, redis-server or azurite." ;;
esac
