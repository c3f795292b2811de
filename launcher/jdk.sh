# Finds a JDK 25 or newer. Reads the `release` file that every JDK carries instead of starting it: no fork per candidate.

needed_java=25

# Sets java_version (full, such as 25.0.3+9-LTS) and java_major of the JDK in folder $1; fails where there is none.
read_release() {
  java_version=''
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    value=${value#\"}
    value=${value%\"}
    case $key in
      JAVA_RUNTIME_VERSION) java_version=$value && break ;;
      JAVA_VERSION) java_version=$value ;;
    esac
  done <"$1/release"
  java_major=${java_version%%[!0-9]*}
  [ -n "$java_major" ]
}

# Accepts folder $1, named $2 in the list of places, when it is new enough; else notes what was there.
try_jdk() {
  if ! read_release "$1"; then
    looked="$looked
  $2: no JDK"
    return 1
  fi
  if [ "$java_major" -lt "$needed_java" ]; then
    looked="$looked
  $2: Java $java_major"
    return 1
  fi
  # A JRE runs what is packaged; sources need a compiler.
  if [ -d "$root/backend/src" ] && [ ! -x "$1/bin/javac" ]; then
    looked="$looked
  $2: Java $java_major without a compiler"
    return 1
  fi
  java_home=$1
}

# Sets java_home, java_version and java_major, or looked (the places, a line each) and fails.
find_jdk() {
  looked=''
  if [ -n "${CAELUM_JAVA_HOME:-}" ]; then
    try_jdk "$CAELUM_JAVA_HOME" "CAELUM_JAVA_HOME=$CAELUM_JAVA_HOME" && return
  fi
  # The runtime that a package brings, which its caches were made with.
  if [ -d "$root/runtime" ]; then
    try_jdk "$root/runtime" "$root/runtime" && return
  fi
  if [ -n "${JAVA_HOME:-}" ]; then
    try_jdk "$JAVA_HOME" "JAVA_HOME=$JAVA_HOME" && return
  fi
  if on_path=$(command -v java); then
    resolved=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    try_jdk "${resolved%/bin/java}" "java on the PATH, $on_path" && return
  fi
  usual=/usr/lib/jvm:/opt:/usr/java:/usr/local:/Library/Java/JavaVirtualMachines:/opt/homebrew/opt
  look_in "$data/jdk:${HOME:-}/.sdkman/candidates/java:${HOME:-}/.jdks:${CAELUM_JDK_FOLDERS-$usual}"
}

# Tries what lies in the folders of list $1, in the shapes that packages, archives and macOS use.
look_in() {
  colon_separated=$1
  set --
  while [ -n "$colon_separated" ]; do
    set -- "$@" "${colon_separated%%:*}"
    case $colon_separated in *:*) colon_separated=${colon_separated#*:} ;; *) colon_separated='' ;; esac
  done
  for folder in "$@"; do
    before=$looked
    for home in "$folder" "$folder"/* "$folder"/*/Contents/Home "$folder"/*/libexec/openjdk.jdk/Contents/Home; do
      [ -x "$home/bin/java" ] && try_jdk "$home" "$home" && return
    done
    [ "$before" != "$looked" ] || looked="$looked
  $folder: no JDK"
  done
  return 1
}
