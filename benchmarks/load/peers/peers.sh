# Load generators for the JVM to compare with, to be sourced; wants `work` and `url` as target.sh sets
# them. They are fetched from Maven's repository, run on the JVM that Headroom runs on and with a class
# archive as it has. `peers` names those that can be run, `absent` has a line for each that cannot.
peers=()
absent=()
jdk=$(HEADROOM_JAVA_OPTIONS=-XshowSettings:properties ./headroom --version 2>&1 |
  sed -n 's/^ *java\.home = //p')

# first_error NAME: what Maven says first of why it failed, without its mark.
first_error() { sed -n 's/^\[ERROR\] //p' "$work/$1.log" | cut -c 1-200 | head -n 1 || true; }

# prepare_peer NAME CLASS: fetches what it needs and compiles its test.
prepare_peer() {
  local name=$1 class=$2 directory=benchmarks/load/peers/$1
  if ! command -v mvn >/dev/null; then
    absent+=("$name: Maven is not installed")
  elif [ ! -x "$jdk/bin/javac" ]; then
    absent+=("$name: $jdk has no javac")
  elif ! JAVA_HOME=$jdk mvn -q --batch-mode -Dstyle.color=never -f "$directory/pom.xml" \
    dependency:build-classpath "-Dmdep.outputFile=$work/$name.path" >"$work/$name.log" 2>&1; then
    absent+=("$name: could not be fetched: $(first_error "$name")")
  elif ! "$jdk/bin/javac" -d "$work/$name" -cp "$(<"$work/$name.path")" "$directory/$class.java" \
    >"$work/$name.log" 2>&1; then
    absent+=("$name: could not be compiled: $(head -n 1 "$work/$name.log")")
  else
    # A class archive takes no directories of classes.
    "$jdk/bin/jar" --create --file "$work/$name.jar" -C "$work/$name" .
    peers+=("$name")
  fi
}

# peer_command NAME SECONDS [RATE]: puts the command for the test of a prepared one into `command`.
peer_command() {
  local name=$1 seconds=$2 rate=${3:-}
  command=("$jdk/bin/java" -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$work/$name.jsa"
    -Xlog:cds=off -Xlog:cds+dynamic=off -Xmx512m -XX:+UseSerialGC -Djava.util.prefs.userRoot="$work"
    -cp "$work/$name.jar:$(<"$work/$name.path")")
  case $name in
    hyperfoil) command+=(HyperfoilPeer "$url" "$seconds" $rate) ;;
    gatling)
      # Without the log of every request and the report that Gatling makes of it: only a count is wanted.
      command+=(--add-opens=java.base/java.lang=ALL-UNNAMED "-Dpeer.url=$url" "-Dpeer.seconds=$seconds"
        -Dlogback.configurationFile=benchmarks/load/peers/gatling/logback.xml
        ${rate:+"-Dpeer.rate=$rate"} -Dgatling.data.writers.0=console -Dgatling.data.enableAnalytics=false
        io.gatling.app.Gatling --simulation GatlingPeer --results-folder "$work/gatling" --no-reports)
      ;;
  esac
}

prepare_peer hyperfoil HyperfoilPeer
prepare_peer gatling GatlingPeer
