# ./caelum service: an installation as a systemd service. CAELUM_SERVICE_ROOT is a folder to work in instead of /, for images.

service_root=${CAELUM_SERVICE_ROOT:-}
units=$service_root/etc/systemd/system

service_usage() {
  cat <<'END'
Usage: ./caelum service install [dashboard|beacon] | uninstall | status

install     write the unit, make the user "caelum" and start the node with the machine; a dashboard unless told otherwise
uninstall   stop it and remove the unit; the data in /var/lib/caelum stay
status      what systemd says about it

Exit code 3: this machine has no systemd, or you are not root.
END
}

do_service() {
  case ${1:-} in
    install) service_install "${2:-dashboard}" ;;
    uninstall) service_uninstall ;;
    status) service_status ;;
    --help | -h) service_usage ;;
    '') service_usage >&2; exit 2 ;;
    *) die 2 "service knows install, uninstall and status, not '$1'" ;;
  esac
}

# The unit of service $1 that runs program $2 with command $3 and the options $4.
unit_text() {
  other=caelum-beacon
  [ "$1" = caelum ] || other=caelum
  sed -e "s|@PROGRAM@|$2|g" -e "s|@COMMAND@|$3|g" -e "s|@OPTIONS@|${4:+ $4}|g" -e "s|@OTHER@|$other|g" \
    "$root/config/systemd/caelum.service"
}

need_systemd() {
  [ -z "$service_root" ] || return 0
  [ -d /run/systemd/system ] && command -v systemctl >/dev/null ||
    die 3 "this machine is not run by systemd; let what starts its services run: $root/caelum beacon"
}

need_root() {
  [ -n "$service_root" ] || [ "$(id -u)" = 0 ] || die 3 "a service is root's to change: sudo $root/caelum service $1"
}

# True for root's systemd, false in a folder for images.
live() { [ -z "$service_root" ]; }

service_install() {
  case $1 in
    dashboard | beacon) ;;
    *) die 2 "a service runs dashboard or beacon, not '$1'" ;;
  esac
  need_systemd
  need_root install
  case $root in
    *[!A-Za-z0-9/._+-]*) die 2 "systemd cannot run what lies in '$root'; use a folder without spaces, such as /opt/caelum" ;;
    /home/* | /root/* | /tmp/*) [ -n "$service_root" ] || die 2 "the service sees neither home folders nor /tmp; move $root to /opt/caelum first" ;;
  esac
  mkdir -p "$units"
  unit_text caelum "$root/caelum" "$1" >"$units/caelum.service"
  if live; then
    id caelum >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir /var/lib/caelum \
      --shell /usr/sbin/nologin caelum
    systemctl daemon-reload
    systemctl enable caelum
    systemctl restart caelum
  fi
  say "Installed $units/caelum.service: $1. Look at it with: $root/caelum service status"
  say 'Open the firewall: 8080/tcp, 8181/udp, and 8090/tcp for a dashboard.'
}

service_uninstall() {
  need_systemd
  need_root uninstall
  [ -f "$units/caelum.service" ] || { say 'No service is installed.'; return; }
  if live; then systemctl disable --now caelum || true; fi
  rm -f "$units/caelum.service"
  if live; then systemctl daemon-reload; fi
  say 'Removed the service; its data stay in /var/lib/caelum, and the user caelum with them.'
}

service_status() {
  need_systemd
  if [ ! -f "$units/caelum.service" ]; then
    say "No service is installed; do it with: sudo $root/caelum service install"
    exit 4
  fi
  if live; then exec systemctl --no-pager status caelum; fi
  sed -n 's/^ExecStart=/Installed: /p' "$units/caelum.service"
}
