# ./caelum bench: measures packaged nodes; prints Markdown tables.

bench_usage() {
  cat <<'END'
Measures this build in a LAN of network namespaces and prints Markdown tables. Have the machine otherwise idle.

Usage: ./caelum bench NAME [RUNS]

A node (RUNS: repetitions; seconds for the last three)
  start         exec to first answer, and memory
  simultaneous  five started together until all see all
  join          a new node until four others see it
  kill          one of five killed with -9 until dead everywhere
  pull          one of five cut off without a word until dead everywhere
  flood         garbage datagrams against one of three
  sse           500 readers of events
  rss           memory and CPU with ten peers
END
}

# The file $1/target/bench.classpath of module $1, made by Maven with the other modules of list $2 when older than $1.
class_path() {
  path=$root/$1/target/bench.classpath
  if [ ! -f "$path" ] || [ -n "$(find "$root/pom.xml" "$root/$1/pom.xml" "$root/$1/src" -newer "$path" | head -n 1)" ]; then
    say "Compiling $1 ..."
    (cd "$root" && JAVA_HOME=$java_home ./mvnw -q -B -Pbench -pl "$2" -Dspotless.check.skip=true \
      test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath >&2) || die 1 "cannot compile $1"
  fi
}

do_bench() {
  case ${1:-} in
    '' | --help | -h) bench_usage; return ;;
  esac
  PATH=$PATH:/usr/sbin:/sbin
  current backend || (build backend)
  class_path e2e-tests e2e-tests
  tests=$root/e2e-tests/target/test-classes:$(cat "$path")
  cd "$root/e2e-tests"
  export JAVA_HOME="$java_home" CAELUM_LAB_JAVA="$java_home/bin/java"
  exec src/test/lab/bin/java -Xmx1g -Dcaelum.root="$root" -cp "$tests" \
    dev.caelum.e2e.bench.Bench "$@"
}
