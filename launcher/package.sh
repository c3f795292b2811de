# ./caelum package: what people install. An installation has the folders of a clone without its sources, so that the same
# launcher runs both; what is packaged is what the last build made. CAELUM_PACKAGE_UNTRAINED=1 leaves the start-up caches
# out: tests of packages need no quick start.

# What the programs use of Java SE, as jdeps says, and what is found by name only: character sets and locales of visitors,
# DNS, socket options, archives as file systems.
runtime_modules=java.compiler,java.desktop,java.instrument,java.naming,java.net.http,java.rmi,java.security.jgss,java.sql
runtime_modules=$runtime_modules,jdk.jfr,jdk.management,jdk.unsupported,jdk.charsets,jdk.localedata,jdk.naming.dns,jdk.net
runtime_modules=$runtime_modules,jdk.zipfs

package_usage() {
  cat <<'END'
Makes what people install, of what the last build made; builds first what is not current.

Usage: ./caelum package [archive|deb|war [FOLDER]] | package tree FOLDER

archive  caelum-VERSION.tar.gz: unpack it anywhere, start bin/caelum; needs a JDK 25 there (the default)
deb      caelum_VERSION_ARCH.deb for Debian and Ubuntu: its own Java runtime, user and systemd units; needs dpkg-deb
war      caelum.war: the dashboard for a Jakarta EE server
tree     the files of an archive, into FOLDER, for images

FOLDER is where the file is put, by default target.
END
}

do_package() {
  case ${1:-archive} in
    archive | deb | war | tree) ;;
    *) die 2 "package makes an archive, a deb or a war, not '$1'" ;;
  esac
  [ -d "$root/backend/src" ] || die 2 'an installation packages nothing; do it in a clone'
  if ! current ui; then build ui; fi
  prepare
  lock
  temp=$target/package.tmp
  rm -rf "$temp"
  version=$(version)
  case ${1:-archive} in
    tree) package_tree "${2:-}" ;;
    *)
      folder=${2:-$target}
      [ -d "$folder" ] || die 2 "there is no folder $folder to put it into"
      "package_${1:-archive}"
      mv "$temp.new" "$folder/$name"
      say "$folder/$name"
      ;;
  esac
  # Before the next one may begin: it uses the same folder.
  rm -rf "$temp"
  temp=''
  unlock
}

version() { sed -n '/<artifactId>caelum</,/<version>/s|.*<version>\(.*\)</version>.*|\1|p' "$root/pom.xml"; }

# Puts an installation into folder $1. Libraries lie there once: those of the backend are among those of the ui.
lay_out() {
  mkdir -p "$1/bin" "$1/backend/target" "$1/ui/target" "$1/launcher" "$1/config"
  cp -p "$root/caelum" "$root/pom.xml" "$root/README.md" "$root/CHANGELOG.md" "$root/LICENSE" "$1/"
  ln -s ../caelum "$1/bin/caelum"
  cp -p "$root/launcher"/*.sh "$1/launcher/"
  "$java_home/bin/javac" -d "$1/launcher" "$root/launcher/Train.java"
  cp -pR "$root/config/." "$1/config/"
  cp -p "$root/backend/target/caelum-backend.jar" "$1/backend/target/"
  cp -p "$root/ui/target/caelum-ui.jar" "$1/ui/target/"
  cp -pR "$root/ui/target/lib" "$1/ui/target/"
  ln -s ../../ui/target/lib "$1/backend/target/lib"
  for library in "$root/backend/target/lib"/*; do
    [ -f "$1/ui/target/lib/${library##*/}" ] || die 1 "the dashboard lacks the node's ${library##*/}"
  done
}

package_archive() {
  name=caelum-$version.tar.gz
  step "archive: lay out"
  lay_out "$temp/caelum-$version"
  for part in backend ui; do
    [ -n "${CAELUM_PACKAGE_UNTRAINED:-}" ] || cp -p "$(cache_of "$part")" "$temp/caelum-$version/$part/target/"
  done
  step "archive: compress"
  tar -C "$temp" --owner=0 --group=0 --numeric-owner -czf "$temp.new" "caelum-$version"
}

# The dashboard for a Jakarta EE server, which brings the web server and the Jakarta APIs; the node runs elsewhere.
package_war() {
  name=caelum.war
  step "war: lay out"
  libraries=$temp/WEB-INF/lib
  mkdir -p "$libraries"
  cp -p "$root"/config/payara/WEB-INF/*.xml "$temp/WEB-INF/"
  cp -p "$root/ui/target/caelum-ui.jar" "$libraries/"
  for library in vaadin flow atmosphere-runtime gentyref jsoup jackson-core jackson-databind jackson-annotations jspecify \
    slf4j-api slf4j-jdk14; do
    cp -p "$root/ui/target/lib/$library"-[a-z0-9]*.jar "$libraries/"
  done
  step "war: pack"
  # What lies in it is compressed already.
  "$java_home/bin/jar" --create --no-compress --file "$temp.new" -C "$temp" .
}

# An installation in folder $1 with a Java runtime of its own, trained there.
package_tree() {
  [ -n "$1" ] || die 2 'package tree needs a folder'
  [ ! -e "$1" ] || die 2 "$1 exists"
  step "runtime: link"
  lay_out "$1"
  "$java_home/bin/jlink" --add-modules "$runtime_modules" --no-header-files --no-man-pages \
    --compress zip-2 --output "$1/runtime"
  [ -n "${CAELUM_PACKAGE_UNTRAINED:-}" ] || "$1/caelum" train
  rm -rf "$1/target"
}

package_deb() {
  command -v dpkg-deb >/dev/null || die 3 'a .deb is made by dpkg-deb, which this machine lacks'
  architecture=$(dpkg --print-architecture)
  mkdir -p "$temp/DEBIAN" "$temp/etc/caelum" "$temp/usr/bin" "$temp/usr/lib/systemd/system" "$temp/usr/share/doc/caelum"
  chmod 755 "$temp"
  package_tree "$temp/usr/lib/caelum"
  ln -s ../lib/caelum/caelum "$temp/usr/bin/caelum"
  cp "$root/config/debian/README.Debian" "$root/LICENSE" "$temp/usr/share/doc/caelum/"
  sed "s|^  data: .*|  data: /var/lib/caelum|" "$root/config/application.yaml" >"$temp/etc/caelum/application.yaml"
  for unit in caelum caelum-beacon; do
    command=dashboard
    [ "$unit" = caelum ] || command=beacon
    unit_text "$unit" /usr/bin/caelum "$command" '--config /etc/caelum/application.yaml' \
      >"$temp/usr/lib/systemd/system/$unit.service"
  done
  for script in postinst prerm postrm; do
    cp "$root/config/debian/$script" "$temp/DEBIAN/"
    chmod 755 "$temp/DEBIAN/$script"
  done
  echo /etc/caelum/application.yaml >"$temp/DEBIAN/conffiles"
  size=$(du -sk "$temp" | cut -f1)
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
    "$root/config/debian/control" >"$temp/DEBIAN/control"
  name=caelum_${version}_$architecture.deb
  step "deb: compress"
  dpkg-deb --root-owner-group -Zgzip --build "$temp" "$temp.new" >&2
}
