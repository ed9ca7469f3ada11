# The target of the load generators, to be sourced: nginx with a small JSON file, with one worker on
# the second core. Sets `work` (a directory that is removed at the end) and `url`.
work=$(mktemp -d)
server=
generator=
cleanup() {
  [ -n "$generator" ] && kill "$generator" 2>/dev/null
  [ -n "$server" ] && kill "$server" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT

# start_target PORT: starts it and returns when it answers. A script that runs a generator in the
# background keeps its process id in `generator` meanwhile, which then ends with the script.
start_target() {
  local port=$1
  if ! command -v nginx >/dev/null; then
    echo "nginx is needed as the target: apt-get install nginx-light" >&2
    exit 2
  fi
  if [ "$(nproc)" -lt 2 ]; then
    echo "two cores are needed, one for the target and one for the generator" >&2
    exit 2
  fi
  mkdir "$work/html"
  printf '{"id":1,"name":"wallet","balance":"12.50","currency":"EUR"}' >"$work/html/index.json"
  cat >"$work/nginx.conf" <<CONF
worker_processes 1; pid $work/pid; error_log $work/error.log; daemon off; master_process off;
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; open_file_cache max=10;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f;
  uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$port backlog=4096; root $work/html; }
}
CONF
  taskset -c 1 nginx -c "$work/nginx.conf" -e "$work/error.log" &
  server=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    if ! kill -0 "$server" 2>/dev/null; then
      echo "the target did not start: $(tail -n 1 "$work/error.log")" >&2
      exit 2
    fi
    sleep 0.1
  done
  url=http://127.0.0.1:$port/index.json
}
