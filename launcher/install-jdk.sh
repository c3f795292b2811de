# Puts a JDK into the data folder when the machine has none: asked for, with progress, checked, and whole or not at all.

# The names that the download service has for this machine; fails for one that it does not serve.
name_platform() {
  case $(uname -s) in
    Linux) os=linux && [ ! -f /etc/alpine-release ] || os=alpine-linux ;;
    Darwin) os=mac ;;
    *) return 1 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    ppc64le | s390x | riscv64) arch=$(uname -m) ;;
    *) return 1 ;;
  esac
}

fetch() {
  if command -v curl >/dev/null; then
    curl -fsSL --connect-timeout 10 --retry 2 -o "$2" "$1"
  elif command -v wget >/dev/null; then
    wget -nv -T 10 -t 2 -O "$2" "$1"
  else
    echo 'neither curl nor wget is installed' >&2
    return 1
  fi 2>"$work/problem"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Stops with exit 3 and the one message that helps: $1 is what went wrong.
no_jdk() {
  say "caelum: $1"
  say "Looked for a JDK $needed_java or newer in:$looked"
  say "To get one, either
  let Caelum put one into $data/jdk:  ./caelum $command --yes
  or install one (https://adoptium.net/temurin/releases/?version=$needed_java) and set JAVA_HOME to its folder."
  exit 3
}

agreed() {
  case $yes in true | yes | 1) return 0 ;; esac
  [ -t 0 ] && [ -t 2 ] || no_jdk "a JDK $needed_java is needed and none was found"
  printf '%s' "Caelum needs a JDK $needed_java and found none. Put Eclipse Temurin $needed_java (about 200 MB) into $data/jdk? [Y/n] " >&2
  read -r answer || answer=n
  case $answer in '' | [Yy]*) ;; *) no_jdk "nothing was installed" ;; esac
}

# Sets url, sum and size (bytes, or empty) of what to fetch.
locate() {
  size=''
  if [ -n "${CAELUM_JDK_URL:-}" ]; then
    url=$CAELUM_JDK_URL
    sum=${CAELUM_JDK_SHA256:-}
    if [ -z "$sum" ]; then
      fetch "$url.sha256.txt" "$work/sum" || no_jdk "cannot get the checksum $url.sha256.txt: $(problem)"
      sum=$(cut -d ' ' -f 1 "$work/sum")
    fi
    return
  fi
  name_platform || no_jdk "there is no ready JDK for $(uname -s) on $(uname -m)"
  api="https://api.adoptium.net/v3/assets/latest/$needed_java/hotspot?image_type=jdk&vendor=eclipse&os=$os&architecture=$arch"
  fetch "$api" "$work/assets" || no_jdk "cannot reach api.adoptium.net: $(problem)"
  package=$(tr -d '\n' <"$work/assets" | sed 's/.*"package" *: *{\([^}]*\)}.*/\1/')
  url=$(field link)
  sum=$(field checksum)
  size=$(field size)
  [ -n "$url" ] && [ -n "$sum" ] || no_jdk "api.adoptium.net offers no JDK $needed_java for $os $arch"
}

field() { printf '%s' "$package" | sed -n 's/.*"'"$1"'" *: *"\{0,1\}\([^",]*\).*/\1/p'; }
problem() { grep . "$work/problem" | head -n 1; }

# Tells every few seconds how much of $1 is there while process $2 runs.
watch() {
  ticks=0
  while kill -0 "$2" 2>/dev/null; do
    sleep 1
    ticks=$((ticks + 1))
    [ $((ticks % 3)) = 0 ] && [ -f "$1" ] || continue
    have=$(($(wc -c <"$1") / 1000000))
    if [ -n "$size" ]; then say "  $have of $((size / 1000000)) MB"; else say "  $have MB"; fi
  done
}

install_jdk() {
  agreed
  mkdir -p "$data" 2>/dev/null && work=$(mktemp -d "$data/jdk.XXXXXX") || no_jdk "cannot write to $data"
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  locate
  say "Fetching $url ..."
  fetch "$url" "$work/jdk.tar.gz" &
  fetching=$!
  watch "$work/jdk.tar.gz" "$fetching"
  wait "$fetching" || no_jdk "the download failed: $(problem)"
  [ "$(sha256 "$work/jdk.tar.gz")" = "$sum" ] || no_jdk "the checksum of $url is wrong; nothing was installed"
  say "Unpacking into $data/jdk ..."
  mkdir "$work/unpacked"
  tar -xzf "$work/jdk.tar.gz" -C "$work/unpacked" 2>"$work/problem" || no_jdk "cannot unpack: $(problem)"
  for home in "$work/unpacked" "$work/unpacked"/* "$work/unpacked"/*/Contents/Home; do
    try_jdk "$home" "$url" && break
  done
  [ -n "${java_home:-}" ] || no_jdk "what $url holds is no JDK $needed_java for this machine"
  mkdir -p "$data/jdk"
  # The rename makes it whole or absent; one that another start has put there meanwhile is as good.
  place=$data/jdk/$java_version
  [ -d "$place" ] || mv "$java_home" "$place"
  java_home=$place
  rm -rf "$work"
  trap - EXIT INT TERM
  say "JDK $java_version is in $place"
}
