# Builds parts with Maven and trains their start-up caches: one build at a time, a line for each step.

target=$root/target

now() { date +%s; }
step() { printf '  [%3d s] %s\n' $(($(now) - began)) "$*" >&2; }

alive() { kill -0 "$1" 2>/dev/null || ps -p "$1" >/dev/null 2>&1; }

# Waits for and takes the build lock: a symbolic link to the holder's pid, because making one is atomic.
lock() {
  waiting=''
  until ln -s $$ "$lock" 2>/dev/null; do
    holder=$(readlink "$lock") || { sleep 1; continue; }
    if ! alive "$holder"; then
      clear_dead_lock
      continue
    fi
    [ -n "$waiting" ] || say "Waiting for the build that process $holder runs ..."
    waiting=yes
    sleep 1
  done
  [ -z "$waiting" ] || began=$(now)
  held=yes
}

# Of several that see the dead holder one wins the rename; who moved a newer lock instead puts it back.
clear_dead_lock() {
  mv "$lock" "$lock.$$" 2>/dev/null || return 0
  if [ "$(readlink "$lock.$$")" = "$holder" ]; then rm -f "$lock.$$"; else mv "$lock.$$" "$lock"; fi
}

unlock() {
  rm -f "$lock"
  held=''
}

clean_up() {
  [ -z "$temp" ] || rm -rf "$temp" "$temp.new"
  [ -z "$held" ] || rm -f "$lock"
}

# Makes the folder of logs and locks, and starts the clock of the steps.
prepare() {
  lock=$target/build.lock
  held=''
  temp=''
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir -p "$target" 2>/dev/null && [ -w "$target" ] || die 1 "cannot build: $root is not writable"
  began=$(now)
}

build_usage() {
  cat <<'END'
Builds what is not current, node before dashboard, and makes their start-up caches. The first time takes a minute or two.

Usage: ./caelum build

The Maven log of a build that fails: target/build.log. A start builds by itself what it needs.
END
}

train_usage() {
  cat <<'END'
Makes the start-up caches of node and dashboard anew: each is started once, and what it loaded is kept for the next start.

Usage: ./caelum train
END
}

do_build() {
  [ $# = 0 ] || die 2 "build takes no '$1'"
  if current ui; then say 'Nothing to build.'; else build ui; fi
}

do_train() {
  [ $# = 0 ] || die 2 "train takes no '$1'"
  prepare
  lock
  rm -f "$(cache_of backend)" "$(cache_of ui)"
  train backend
  train ui
  unlock
}

# Brings part $1, the backend before the ui, and the caches up to date.
build() {
  prepare
  lock
  compiled backend && { [ "$1" = backend ] || compiled ui; } || {
    say "Building Caelum with $java_home ..."
    log=$target/build.log
    parts=backend
    [ "$1" = backend ] || parts=backend,ui
    begin "$parts"
    maven "$parts" package -Dmaven.test.skip=true -Dspotless.check.skip=true || {
      tell_failure
      exit 1
    }
    stamp "$parts"
  }
  train backend
  [ "$1" = backend ] || train ui
  unlock
}

# Before a build of the parts of list $1: notes the time, and drops libraries that a changed POM may no longer name.
begin() {
  touch "$target/build.began"
  for begun in $(echo "$1" | tr , ' '); do
    [ -z "$(find "$root/pom.xml" "$root/$begun/pom.xml" -newer "$root/$begun/target/caelum.stamp" 2>&1)" ] ||
      rm -rf "$root/$begun/target/lib"
  done
}

# Marks the parts of list $1 as built from what was there when the build began.
stamp() {
  for built in $(echo "$1" | tr , ' '); do
    touch -r "$target/build.began" "$root/$built/target/caelum.stamp"
  done
}

# Runs Maven for the modules of list $1 with the other arguments: everything to the log, a line a step to the user.
maven() {
  modules=$1
  shift
  rm -f "$target/build.status"
  {
    tick &
    {
      status=0
      # The flags quiet what old Maven libraries do on a new JDK.
      (cd "$root" && JAVA_HOME=$java_home \
        MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
        ./mvnw -B --color never -pl "$modules" "$@" 2>&1) </dev/null || status=$?
      echo "$status" >"$target/build.status"
    } | tee "$log"
    kill $!
  } | narrate
  [ "$(cat "$target/build.status")" = 0 ]
}

tick() { while sleep 1 >/dev/null; do echo tick; done; }

# Turns Maven's output into steps, and ticks into a sign of life after ten silent seconds.
narrate() {
  phase='start Maven'
  fetched=0
  told=0
  quiet=0
  while IFS= read -r line; do
    case $line in
      tick)
        quiet=$((quiet + 1))
        [ "$quiet" -ge 10 ] || continue
        quiet=0
        if [ "$fetched" != "$told" ]; then step "$fetched files fetched"; else step "$phase ..."; fi
        told=$fetched
        ;;
      '[INFO] Downloaded from '*) fetched=$((fetched + 1)) ;;
      '[INFO] --- '*) narrate_goal "$line" ;;
      *'Tests run: '*' -- in '*) [ -z "${testing:-}" ] || narrate_class "$line" ;;
      'mvnw: '*) step "${line#mvnw: }" ;;
    esac
  done
}

# Maven's line $1 says which goal starts, of which plugin, in which module.
narrate_goal() {
  module=${1##* @ }
  module=${module%% *}
  module=${module#caelum-}
  case $1 in
    *compiler*:compile*) enter "$module: compile" ;;
    *vaadin*:build-frontend*) enter "$module: assemble the page" ;;
    *jar*:jar*) enter "$module: package" ;;
    *)
      [ -n "${testing:-}" ] || return 0
      case $1 in
        *spotless*:check*) enter "$module: style" ;;
        *compiler*:testCompile*) enter "$module: compile tests" ;;
        *surefire*:test* | *failsafe*:integration-test*) enter "$module: run tests" ;;
      esac
      ;;
  esac
}

enter() {
  phase=$1
  quiet=0
  step "$1"
}

tell_failure() {
  say "The build failed; the end of what Maven said:"
  grep -E '^\[(ERROR|WARNING)\]|^mvnw: ' "$log" | grep -vE 'Re-run Maven|To see the full|For more information|\[Help|^\[ERROR\] *$' |
    tail -n 15 >&2 || true
  say "All of it: $log"
}

# Trains the start-up cache of part $1 unless it is newer than the jar. One that cannot be made costs start-up time only:
# an empty file then stands for it, so that not every start tries again.
train() {
  trained "$1" && return
  step "$1: train the start-up cache"
  rm -f "$root/$1"/target/aot-*.cache
  train_log=$target/train-$1.log
  # An installation without a compiler brings the class.
  if [ -f "$root/launcher/Train.class" ]; then
    set -- -cp "$root/launcher" Train "$1"
  else
    set -- "$root/launcher/Train.java" "$1"
  fi
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 "$@" "$root" "$cache" >"$train_log" 2>&1 </dev/null || {
    step "no start-up cache, starts take longer; why: $train_log"
    : >"$cache"
  }
}
