# ./caelum test: everything that can be checked on one machine, on packaged artefacts, with one closing line.

test_usage() {
  cat <<'END'
Checks everything that can be checked on one machine, on packaged artefacts: style, units, simulation, LAN, browser. Some 15 minutes.

Usage: ./caelum test [--soak] [--yes] [-DNAME=VALUE]...

--soak       the tests that need wall time, instead of the others
--yes        install what the tests need, where that may be done, without a question (so does CI=true)
-DNAME=VALUE handed to Maven, for example -Dtest=DispatchTest

Ends with 0 when all passed, 1 when one failed, 3 when the machine lacks something; the line before says what to run.
END
}

# Runs the tests; --soak: those that need wall time instead. Maven's -Dname=value are passed on.
do_test() {
  count=$#
  while [ "$count" -gt 0 ]; do
    case $1 in
      --soak) set -- "$@" -Dcaelum.soak=true ;;
      -D*) set -- "$@" "$1" ;;
      *) die 2 "test knows --soak, --yes and Maven's -Dname=value, not '$1'" ;;
    esac
    shift
    count=$((count - 1))
  done
  PATH=$PATH:/usr/sbin:/sbin
  testing=yes
  prepare
  need_tools
  temp=$(mktemp -d)
  # The browser asks TMPDIR, Java the property.
  export TMPDIR="$temp"
  set -- "$@" -Dtests.temp="$temp"
  lock
  rm -rf "$target"/test-*.log "$root"/*/target/surefire-reports "$root"/*/target/failsafe-reports
  broken=''
  say "Testing Caelum with $java_home ..."
  begin backend,ui
  log=$target/test-parts.log
  if maven backend,ui verify -Dmaven.test.failure.ignore=true "$@"; then
    stamp backend,ui
    train backend
    train ui
    unlock
    log=$target/test-e2e.log
    maven e2e-tests verify -Dmaven.test.failure.ignore=true "$@" || broken='the build of e2e-tests'
  else
    unlock
    broken='the build of backend or ui'
  fi
  [ -z "$broken" ] || tell_failure
  # Maven, told to go on after failures, also goes on after a JVM that hung or crashed and left no report.
  if grep -hE 'error in the fork|forked VM terminated' "$target"/test-*.log >&2; then broken='a test JVM'; fi
  summarise
}

# What browser, LAN and database tests need beside Java: the command of each package, and the package.
missing_packages() {
  for pair in chromium:chromium chromedriver:chromium-driver ip:iproute2 nft:nftables; do
    command -v "${pair%%:*}" >/dev/null || printf ' %s' "${pair#*:}"
  done
  # Debian keeps the server's programs off the PATH.
  set -- /usr/lib/postgresql/*/bin/initdb
  [ -x "$1" ] || printf ' postgresql'
}

need_tools() {
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  install="apt-get install -y --no-install-recommends$missing"
  if ! command -v apt-get >/dev/null; then
    die 3 "the tests need these packages, or what they are called here:$missing"
  elif [ "$(id -u)" != 0 ]; then
    die 3 "the tests need more packages; install them with:  sudo $install"
  fi
  step "install$missing"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a command line
  { apt-get update && $install; } >"$target/apt.log" 2>&1 </dev/null || {
    tail -n 5 "$target/apt.log" >&2
    die 3 "cannot install packages; all that apt said: $target/apt.log"
  }
}

# One line for a test class that ended: Maven's line $1 in short.
narrate_class() {
  class=${1##* -- in }
  tests=${1#*Tests run: }
  seconds=${1#*Time elapsed: }
  verdict=ok
  case $1 in *'<<< '*) verdict=FAILED ;; esac
  quiet=0
  step "$verdict  ${class#dev.caelum.}: ${tests%%,*} tests, ${seconds%% s*} s"
}

# Prints what ran, from the reports, and ends the program with 0 when all of it passed.
summarise() {
  set --
  for report in "$root"/*/target/surefire-reports/TEST-*.xml "$root"/*/target/failsafe-reports/TEST-*.xml; do
    [ ! -f "$report" ] || set -- "$@" "$report"
  done
  status=0
  awk -v began="$began" -v now="$(now)" -v broken="$broken" -f "$root/launcher/summary.awk" "$@" /dev/null || status=$?
  exit "$status"
}
