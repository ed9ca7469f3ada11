# parse_at PORT: Parse Server there, its database and cache beside it, filled; sessions stand in $WORK/sessions.csv
parse_at() {
  local port=$1 database=$(($1 + 1)) wire=$(($1 + 2)) redis=$(($1 + 3)) cache here
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  postgres_at $database
  redis_at $redis
  delay $wire $database 0
  cache='"cacheTTL": '${KNOB_CACHE_TTL_MS:-30000}
  if [ "${KNOB_CACHE:-redis}" = redis ]; then
    cache+=', "cacheAdapter": {"module": "'$node_home'/parse/node_modules/parse-server/lib/Adapters/Cache/RedisCacheAdapter", "options": {"url": "redis://127.0.0.1:'$redis'"}}'
  fi
  cat >"$WORK/parse.json" <<JSON
{ "appId": "field", "masterKey": "field-master", "restAPIKey": "field-rest", "port": $port, "host": "127.0.0.1",
  "mountPath": "/parse", "serverURL": "http://127.0.0.1:$port/parse", "logLevel": "warn", "silent": true, "logsFolder": null,
  "databaseURI": "postgres://field:field@127.0.0.1:$wire/field?poolSize=${KNOB_POOL:-4}",
  "allowClientClassCreation": true, $cache }
JSON
  node_env parse
  cd "$WORK"
  child parse env PORT="$port" node "$node_home/parse/node_modules/parse-server/bin/parse-server" "$WORK/parse.json"
  await 180 answers "http://127.0.0.1:$port/parse/health"
  NODE_OPTIONS= node "$here/load.mjs" "http://127.0.0.1:$port/parse" 40 "${KNOB_POSTS:-3000}" "${KNOB_USERS:-200}" >"$WORK/sessions.csv"
  [ "${KNOB_INDEX:-1}" != 1 ] || psql_at $database -c 'CREATE INDEX ON "Post" (topic)' -c ANALYZE
  echo "${KNOB_DELAY_MS:-5}" >"$WORK/delay"
}
