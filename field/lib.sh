# What the applications' prepare and start have in common. Sourced; needs APP, and for start WORK, PORT and OTLP.
set -euo pipefail
field=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${HEADROOM_FIELD:-$HOME/.cache/headroom-field}/$APP
agent_version=2.33.1
children=()

# jdk: the newest JDK of 21 or later
jdk() {
  local d version best=0 found=
  for d in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/*; do
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$d/release" 2>/dev/null || true)
    if [ "${version:-0}" -ge 21 ] && [ "$version" -gt "$best" ] && [ -x "$d/bin/java" ]; then best=$version; found=$d; fi
  done
  [ -n "$found" ] || { echo "field: no JDK of 21 or later" >&2; return 1; }
  echo "$found"
}

# maven GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]]: fetches it into the local repository and tells its path
maven() {
  local g a v t c path
  IFS=: read -r g a v t c <<<"$1"
  path=$HOME/.m2/repository/${g//.//}/$a/$v/$a-$v${c:+-$c}.${t:-jar}
  [ -s "$path" ] || mvn -q dependency:get -Dtransitive=false -Dartifact="$1" >&2
  [ -s "$path" ] && echo "$path"
}

agent() { maven "io.opentelemetry.javaagent:opentelemetry-javaagent:$agent_version"; }

# debian COMMAND PACKAGE: says what is missing and how it is installed
debian() { PATH=$PATH:/usr/sbin:/usr/lib/postgresql/15/bin command -v "$1" >/dev/null || { echo "field: apt-get install $2" >&2; return 1; }; }

# child LOG COMMAND...: starts it in a session of its own so that all of it can be stopped
child() {
  local log=$1
  shift
  setsid bash -c '[ -z "${FIELD_FIRST:-}" ] || echo -19 2>/dev/null >/proc/self/autogroup || true; exec "$@"' child "$@" >"$WORK/$log.log" 2>&1 </dev/null &
  children+=($!)
}

# go_first: with FIELD_FIRST=always what was started no longer waits for other work of the machine, which a measurement must not
# see; a database and a wire do so from the beginning. Applications that start are only preferred: in the real-time class they
# would leave nothing for anybody else.
# What needs little of the machine goes before what may need all of it.
go_first() {
  local all=("${children[@]}") next=("${children[@]}") found
  [ "${FIELD_FIRST:-}" = always ] || return 0
  while [ ${#next[@]} -gt 0 ]; do
    found=$(IFS=,; ps -o pid= --ppid "${next[*]}" || true)
    read -rd '' -a next <<<"$found" || true
    all+=("${next[@]}")
  done
  for c in "${all[@]}"; do chrt -a -r -p $((${LIGHT:+1} + 1)) "$c" 2>/dev/null || true; done
}

stop_children() {
  local i
  for ((i = ${#children[@]} - 1; i >= 0; i--)); do kill -TERM -- "-${children[i]}" 2>/dev/null || true; done
  for i in $(seq 50); do
    local any=
    for c in "${children[@]}"; do if kill -0 -- "-$c" 2>/dev/null; then any=1; fi; done
    [ -n "$any" ] || return 0
    sleep 0.2
  done
  for c in "${children[@]}"; do kill -KILL -- "-$c" 2>/dev/null || true; done
}
trap 'exit 143' TERM INT
trap stop_children EXIT

alive() { for c in "${children[@]}"; do kill -0 "$c" 2>/dev/null || { echo "field: a child has ended" >&2; exit 1; }; done; }

# await SECONDS COMMAND...: until it succeeds
await() {
  local i seconds=$1
  shift
  for i in $(seq $((seconds * 2))); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    alive
    sleep 0.5
  done
  echo "field: gave up waiting for: $*" >&2
  return 1
}

answers() { curl -sf -o /dev/null --max-time 5 "$@"; }

# as_other USER COMMAND...: as that user where we are root (a database refuses to be), else as we are
as_other() {
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then setpriv --reuid="$user" --regid="$user" --clear-groups "$@"; else "$@"; fi
}

# postgres_at PORT: an instance of its own with user, password and database "field"
postgres_at() {
  local bin=/usr/lib/postgresql/15/bin data=$WORK/postgres
  mkdir -p "$data" && chmod 700 "$data" && chmod 711 "$WORK"
  [ "$(id -u)" != 0 ] || chown postgres "$data"
  as_other postgres $bin/initdb -D "$data" -U postgres -A trust -E UTF8 --locale=C >"$WORK/initdb.log" 2>&1
  child postgres $(as_prefix postgres) $bin/postgres -D "$data" -p "$1" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c shared_buffers=256MB -c max_connections=200 -c fsync=off
  await 30 $bin/pg_isready -q -h 127.0.0.1 -p "$1" -U postgres
  go_first
  $bin/psql -q -h 127.0.0.1 -p "$1" -U postgres -c "CREATE ROLE field LOGIN SUPERUSER PASSWORD 'field'" -c "CREATE DATABASE field OWNER field"
}

as_prefix() { if [ "$(id -u)" = 0 ]; then echo "setpriv --reuid=$1 --regid=$1 --clear-groups"; fi; }

psql_at() { local port=$1; shift; /usr/lib/postgresql/15/bin/psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U field field "$@"; }

# mariadb_at PORT: an instance of its own with user, password and database "field"
mariadb_at() {
  local data=$WORK/mariadb
  mkdir -p "$data" && chmod 711 "$WORK"
  [ "$(id -u)" != 0 ] || chown mysql "$data"
  as_other mysql mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >"$WORK/install-db.log" 2>&1
  child mariadb $(as_prefix mysql) mariadbd --no-defaults --datadir="$data" --port="$1" --bind-address=127.0.0.1 \
    --socket="$data/socket" --pid-file="$data/pid" --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=256M --skip-name-resolve
  await 30 mariadb-admin --no-defaults -h 127.0.0.1 -P "$1" -u root ping
  go_first
  mariadb_in "$1" -e "CREATE DATABASE field; CREATE USER field@'%' IDENTIFIED BY 'field'; GRANT ALL ON *.* TO field@'%'"
}

mariadb_in() { local port=$1; shift; mariadb --no-defaults -h 127.0.0.1 -P "$port" -u root "$@"; }

# delay LISTEN TO MILLISECONDS: a wire to TO on which answers take that much longer; $WORK/delay holds the figure and may change
delay() {
  echo "$3" >"$WORK/delay"
  child delay "$(jdk)/bin/java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$field/Delay.java" "$1" "$2" "$WORK/delay"
  await 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$1"
  go_first
}

# agent_env SERVICE [INSTANCE]: the environment of OpenTelemetry's Java agent; nothing of this machine gets into resources
agent_env() {
  export OTEL_SERVICE_NAME=$1
  export OTEL_RESOURCE_ATTRIBUTES="service.version=1,service.instance.id=${2:-1}"
  export OTEL_JAVA_ENABLED_RESOURCE_PROVIDERS=io.opentelemetry.sdk.autoconfigure.EnvironmentResourceProvider
  export OTEL_EXPORTER_OTLP_ENDPOINT=$OTLP OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
  export OTEL_METRIC_EXPORT_INTERVAL=${KNOB_METRICS_MS:-5000} OTEL_BSP_SCHEDULE_DELAY=1000 OTEL_BSP_MAX_QUEUE_SIZE=16384
  export OTEL_LOGS_EXPORTER=none
}

# ready: tells that the application can be used and stays
ready() {
  go_first
  echo "ready http://127.0.0.1:$PORT"
  while sleep 1; do alive; done
}
