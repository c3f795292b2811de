# What every start needs to know: is the build current, and how is a part run. A part is backend or ui.

# True when part $1 and its start-up cache are newer than what they are made of. A folder's own time changes when a file
# in it is added, renamed or deleted, so folders are compared too. An installation without sources is always current.
current() {
  [ -d "$root/backend/src" ] || return 0
  [ "$1" = backend ] || current backend || return 1
  compiled "$1" && trained "$1"
}

# True when the jar of part $1 is newer than its sources, and than the backend's last build for the ui, which holds it.
compiled() {
  stamp=$root/$1/target/caelum.stamp
  [ -f "$stamp" ] && [ -f "$root/$1/target/caelum-$1.jar" ] || return 1
  set -- "$1" "$root/pom.xml" "$root/$1/pom.xml" "$root/$1/src/main"
  [ "$1" = backend ] || set -- "$@" "$root/backend/target/caelum.stamp"
  shift
  # Vaadin writes into src/main/frontend while it builds.
  [ -z "$(find "$@" -newer "$stamp" ! -path '*/src/main/frontend' ! -path '*/frontend/generated*' | head -n 1)" ]
}

# The start-up (AOT) cache of part $1 for the JDK found: one serves only the JDK that wrote it.
cache_of() { echo "$root/$1/target/aot-$java_version.cache"; }

# True when the cache of part $1 is newer than its jar; an empty one says that it could not be made.
trained() {
  cache=$(cache_of "$1")
  [ -f "$cache" ] && [ ! "$root/$1/target/caelum-$1.jar" -nt "$cache" ]
}

# Becomes the JVM that runs "$@" from part $part.
run() {
  # The node refuses variables that it does not know.
  unset CAELUM_JDK_FOLDERS
  case $part in
    backend) set -- -jar "$root/backend/target/caelum-backend.jar" "$@" ;;
    # The web server looks for the parts of the application in the jars that the class path names.
    ui) set -- -cp "$root/ui/target/caelum-ui.jar:$root/ui/target/lib/*" dev.caelum.ui.Main "$@" ;;
  esac
  # A cache that is missing, damaged or of an older jar costs time, not the start, and is no news to the user.
  # shellcheck disable=SC2086 # CAELUM_JAVA_OPTS is a list
  exec "$java_home/bin/java" "@$root/config/jvm/$part.options" -XX:AOTCache="$(cache_of "$part")" \
    -Xlog:aot*=off -Xlog:cds*=off ${CAELUM_JAVA_OPTS:-} "$@"
}
