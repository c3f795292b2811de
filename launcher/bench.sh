# ./caelum bench: measures packaged nodes, other membership software beside them, and the code; prints Markdown tables.

bench_usage() {
  cat <<'END'
Measures this build in a LAN of network namespaces and prints Markdown tables. Have the machine otherwise idle.

Usage: ./caelum bench NAME [RUNS [SYSTEM,SYSTEM...]]

A node (RUNS: repetitions; seconds for flood, events, sse, sse-crowd and rss)
  start         exec to first answer, and memory
  simultaneous  five started together until all see all
  join          a new node until four others see it
  kill          one of five killed with -9 until dead everywhere
  pull          one of five cut off without a word until dead everywhere
  known         memory that a live link costs among RUNS nodes, and a machine that is only known
  flood         garbage datagrams against one of three
  events        a change until a reader of events has it, of a node that sees 3 to 1,000 machines
  sse           500 readers of events
  sse-crowd     5,000, a tenth of which never read
  dashboard     RUNS simulated machines in the dashboard: a change until a page shows it, 20 windows
  dashboard-lone  RUNS changes of one machine among 5, 100 and 1,000 that stand still, until a page shows each
  rss           memory and CPU with ten peers
  work          RUNS empty tasks, on the node, on one and five others; Hazelcast's executor and JGroups' RPC beside them
  tasks         RUNS tasks on five workers, one killed every 5 s, with a coordinator that is killed twice
  tasks-postgres  the same with two coordinators on one PostgreSQL, which goes away for 5 s (as root; Debian's postgresql)

Compared, in the same lab and run (SYSTEMs: caelum, serf, serf-mdns, scalecube, jgroups, hazelcast; all of them)
  peers         all of the following; 30 RUNS are the full measure, 3 the quick one
  peers-join    exec, and begin of joining, until all five see all
  peers-cold    3, 5 and 10 started together until all see all
  peers-kill    killed with -9 until removed everywhere
  peers-pull    cut off without a word until removed everywhere
  peers-leave   told to end (SIGTERM) until known everywhere
  peers-loss    false removals under 10, 20 and 30 % loss, 2 x RUNS seconds each
  peers-stop    false removals while each in turn is stopped for 5 to 30 s
  peers-idle    bytes sent a node, and memory, of 5 and 10 that do nothing

In virtual time, by the simulator of the core (N nodes, RUNS repetitions or virtual seconds)
  virtual cold|kill|pull|leave|join|halves N [RUNS]   milliseconds until all know: p50, p95, most
  virtual loss|pauses N SECONDS                       false deaths at 10 % loss, or with 5 % of the nodes paused
  virtual idle N SECONDS                              bytes a second that idle nodes send and receive
  virtual swim N SECONDS                              the same for SWIM as first published
  mutations [NAME...]                                 takes the rules of the core away, one at a time: which seed or test shows
                                                      it; with one name the story of that seed, too

On disk
  history MACHINES DAYS                               what their past takes, and how fast it is asked (500 30 without them)

The code, by JMH (RUNS: iterations of a second; after it, a pattern of names)
  code          beacons decoded, steps of the core; with C2 and with the beacon profile's flags
END
}

# Compiles module $1 by Maven's phase $2, in a build of the modules of list $3, when it has changed; sets path to the file
# with its class path.
class_path() {
  path=$root/$1/target/bench.classpath
  if [ ! -f "$path" ] || [ -n "$(find "$root/pom.xml" "$root/$1/pom.xml" "$root/$1/src" -newer "$path" | head -n 1)" ]; then
    say "Compiling $1 ..."
    (cd "$root" && JAVA_HOME=$java_home ./mvnw -q -B -Pbench -pl "$3" -Dspotless.check.skip=true \
      "$2" dependency:build-classpath -Dmdep.outputFile=target/bench.classpath >&2) || die 1 "cannot compile $1"
    # Maven leaves a file alone whose content stays the same.
    touch "$path"
  fi
}

do_bench() {
  case ${1:-} in
    '') bench_usage >&2; exit 2 ;;
  esac
  PATH=$PATH:/usr/sbin:/sbin
  current backend || (build backend)
  case $1 in
    code) bench_code "$@"; return ;;
    virtual) bench_virtual "$@"; return ;;
    history) bench_history "$@"; return ;;
    mutations) bench_mutations "$@"; return ;;
  esac
  class_path e2e-tests test-compile e2e-tests
  tests=$root/e2e-tests/target/test-classes:$(cat "$path")
  case $1 in
    peers* | work)
      class_path bench/peers compile bench/peers
      peers=$root/bench/peers/target/classes:$(cat "$path")
      ;;
  esac
  cd "$root/e2e-tests"
  export JAVA_HOME="$java_home" CAELUM_LAB_JAVA="$java_home/bin/java"
  exec src/test/lab/bin/java -Xmx1g -Dcaelum.root="$root" -Dcaelum.peers="${peers:-}" -cp "$tests" \
    dev.caelum.e2e.bench.Bench "$@"
}

# Runs the JMH benchmarks twice; the options of the second run are the beacon profile's.
bench_code() {
  cd "$root"
  # The benchmarks are compiled against the backend, which may have changed.
  [ bench/code/target/bench.classpath -nt backend/target/caelum.stamp ] || rm -f bench/code/target/bench.classpath
  class_path bench/code compile backend,bench/code
  code=bench/code/target/classes:$(cat "$path")
  for options in -XX:+TieredCompilation @config/jvm/backend.options; do
    echo "JVM options: $options"
    "$java_home/bin/java" --sun-misc-unsafe-memory-access=allow -Djava.io.tmpdir=bench/code/target -cp "$code" \
      org.openjdk.jmh.Main -f 1 -wi 5 -w 1 -r 1 -i "${2:-5}" -jvmArgs "$options" "${3:-.*}" | sed -n '/^Benchmark /,$p'
  done
}

# Sets simulator to the class path of the simulator and of the core beneath it.
simulator_path() {
  class_path backend test-compile backend
  simulator=$root/backend/target/test-classes:$root/backend/target/classes:$(cat "$path")
}

# Runs the simulator; its large clusters need memory.
bench_virtual() {
  shift
  simulator_path
  exec "$java_home/bin/java" -XX:InitialRAMPercentage=40 -XX:MaxRAMPercentage=40 -XX:NewRatio=1 -XX:+UseSerialGC \
    -cp "$simulator" dev.caelum.cluster.sim.Figures "$@"
}

# Fills a history in the build's own folder, and asks it.
bench_history() {
  simulator_path
  past=$root/backend/target/bench-history
  rm -rf "$past"
  code=0
  "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -Xmx256m -cp "$simulator" \
    dev.caelum.history.HistoryFigures "$past" "${2:-500}" "${3:-30}" 2>/dev/null || code=$?
  rm -rf "$past"
  return "$code"
}

# Compiles each mutation of the core beside its sources, and hunts it in a process of its own.
bench_mutations() {
  shift
  simulator_path
  cd "$root/backend"
  exec "$java_home/bin/java" -cp "$simulator" dev.caelum.cluster.sim.Mutations "$@"
}
