#!/usr/bin/env bash
# This service beside its peers. usage: run.sh BENCH_DIR [arguments of its bench.py]
# BENCH_DIR is the shared benchmark; it is copied to BENCH_RUN, built and seeded there once, and run from there. As root PostgreSQL runs as the user
# postgres, who must be able to enter BENCH_RUN. PGPORT is its port.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
shared=$(cd "${1:?the folder of the shared benchmark}" && pwd)
shift
run=${BENCH_RUN:-$here/../run/peers}
export PGPORT=${PGPORT:-55432}

if [ ! -f "$run/bench.py" ]; then
  mkdir -p "$run"
  cp -r "$shared/." "$run"
  chmod -R u+w "$run"
fi
cd "$run"
[ -x pgserver/bin/postgres ] || [ -n "${PGSERVERBIN:-}" ] || ./pg.sh fetch
[ -d peers/vertx-raw/target ] && [ -d peers/fastify-drizzle/node_modules ] || ./build.sh
[ -f pg/PG_VERSION ] || ./pg.sh init
if ! ./pg.sh psql -qAt -d postgres -c "select 1" > /dev/null 2>&1; then
  ./pg.sh start > /dev/null
  trap './pg.sh stop > /dev/null' EXIT
fi
./pg.sh psql -qAt -d postgres -c "select 1 from pg_database where datname = 'bench_seed'" | grep -q 1 || ./pg.sh seed
python3 "$here/prepare.py" .
python3 bench.py "$@"
