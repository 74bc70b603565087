#!/usr/bin/env bash
# Installs the built program and its service on a Raspberry Pi, or says what that would change. Run again it changes only
# what differs.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(cd "$here/../.." && pwd)
program=/opt/tura
unit_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin

usage() {
  cat <<EOF
Usage: install.sh [--dry-run] [--root DIR] [--sd-card] [--uninstall]

  --dry-run    print what would change, and change nothing
  --root DIR   into the system in DIR (an image, a test); nothing is run there
  --sd-card    spare the card: the system's log in memory, and no start without a state partition
  --uninstall  take away what was installed; /etc/tura and /var/lib/tura stay

Examples:
  npm ci && npm run build && sudo devices/raspberry-pi/install.sh
  devices/raspberry-pi/install.sh --dry-run
EOF
}

refuse() {
  echo "install.sh: $1" >&2
  exit 2
}

dry='' root='' sd_card='' uninstall=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry=yes ;;
    --root) [ -n "${2:-}" ] || refuse 'expected a folder after --root'; root=$(realpath -m "$2"); shift ;;
    --sd-card) sd_card=yes ;;
    --uninstall) uninstall=yes ;;
    --help) usage; exit 0 ;;
    *) usage >&2; refuse "unknown option $1" ;;
  esac
  shift
done
[ "$root" != / ] || root=''

# What goes where: a file of this folder, and its place.
files=(
  'tura.service            /etc/systemd/system/tura.service'
  'tura-sysusers.conf      /etc/sysusers.d/tura.conf'
  '99-tura.rules           /etc/udev/rules.d/99-tura.rules'
  'tura-modules.conf       /etc/modprobe.d/tura-modules.conf'
  'tura-serial.conf        /etc/modules-load.d/tura-serial.conf'
  'tura-polkit.rules       /etc/polkit-1/rules.d/50-tura.rules'
)
back_off='back-off.conf    /etc/systemd/system/tura.service.d/back-off.conf'
sparing=(
  'sd-card/journald.conf      /etc/systemd/journald.conf.d/tura.conf'
  'sd-card/tura.service.conf  /etc/systemd/system/tura.service.d/sd-card.conf'
)
links=(
  '/etc/systemd/system/tura.service  /etc/systemd/system/multi-user.target.wants/tura.service'
  "$program/dist/tura.js            /usr/local/bin/tura"
)

changes=0 changed=' ' failed=''

# change WHAT PLACE COMMAND...: one change, said, and made unless this is a dry run.
change() {
  local what=$1 place=$2
  shift 2
  changes=$((changes + 1))
  changed+="$place "
  echo "$what $root$place"
  [ -n "$dry" ] || "$@"
}

# run COMMAND...: something the running system has to be told; there is none below --root.
run() {
  [ -z "$root" ] || return 0
  changes=$((changes + 1))
  echo "run     $*"
  [ -z "$dry" ] || return 0
  # The rest is told all the same.
  "$@" || { echo "failed  $*" >&2; failed=yes; }
}

has_changed() {
  local place
  for place in "$@"; do
    case $changed in *" $place"*) return 0 ;; esac
  done
  return 1
}

put() {
  local place=$2 what=add
  if [ -e "$root$place" ]; then
    cmp -s "$1" "$root$place" && return 0
    what=replace
  fi
  change "$(printf %-7s $what)" "$place" install -D -m 0644 "$1" "$root$place"
}

put_link() {
  [ "$(readlink "$root$2" || true)" = "$1" ] && return 0
  change 'link   ' "$2" make_link "$1" "$root$2"
}

make_link() {
  mkdir -p "$(dirname "$2")"
  ln -sfn "$1" "$2"
}

# A folder or file of the program, whole or not at all.
put_tree() {
  local from=$1 place=$2 what=add
  if [ -e "$root$place" ]; then
    diff -rq --no-dereference "$from" "$root$place" >/dev/null && return 0
    what=replace
  fi
  change "$(printf %-7s $what)" "$place" copy_tree "$from" "$root$place"
}

copy_tree() {
  mkdir -p "$(dirname "$2")"
  rm -rf "$2.new"
  cp -dR "$1" "$2.new"
  chmod -R u=rwX,go=rX "$2.new"
  rm -rf "$2"
  mv "$2.new" "$2"
}

take_away() {
  { [ -e "$root$1" ] || [ -L "$root$1" ]; } || return 0
  change 'remove ' "$1" rm -rf "$root$1"
}

# What the program needs when it runs, by npm's own record of what it put here: everything but what only builds.
packages() {
  node -e '
    const { packages } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    const names = Object.keys(packages).filter(path => !packages[path].dev && !/.node_modules/.test(path));
    for (const path of names) console.log(path.slice("node_modules/".length));
  ' "$source/node_modules/.package-lock.json" 2>/dev/null
}

put_program() {
  local part package wanted
  # Run from where the program is already.
  [ "$source" != "$root$program" ] || return 0
  wanted=$(packages) || refuse "no packages in $source/node_modules: npm ci"
  for part in package.json README.md LICENSE devices fixtures dist; do
    put_tree "$source/$part" "$program/$part"
  done
  for package in $wanted; do
    put_tree "$source/node_modules/$package" "$program/node_modules/$package"
  done
  [ -d "$root$program/node_modules" ] || return 0
  while read -r package; do
    grep -qxF "$package" <<<"$wanted" || take_away "$program/node_modules/$package"
  done < <(cd "$root$program/node_modules" && find . -mindepth 1 -maxdepth 2 \( -path './@*/*' -o -path './[!@]*' ! -path './*/*' \) -printf '%P\n')
}

# The first device file is the example's, with paths that lead into the program. Yours is never touched again.
put_vehicle() {
  local place=/etc/tura/vehicle.yaml example
  [ ! -e "$root$place" ] || return 0
  example=$(sed "s|\.\./fixtures|$program/fixtures|" "$here/../rpi-acr122u.yaml")
  change 'add    ' "$place" write_vehicle "$root$place" "$example"
}

write_vehicle() {
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$2" >"$1"
  chmod 0644 "$1"
}

each() {
  local step=$1 row
  shift
  for row in "$@"; do
    # Two words a row.
    # shellcheck disable=SC2086
    set -- $row
    "$step" "$@"
  done
}

put_own() { put "$here/$1" "$2"; }

systemd_version() { systemctl --version 2>/dev/null | sed -nE '1s/^systemd ([0-9]+).*/\1/p'; }

# What a running system must hear of, once each.
tell_system() {
  if has_changed /etc/sysusers.d/ || ! id tura >/dev/null 2>&1; then run systemd-sysusers /etc/sysusers.d/tura.conf; fi
  if has_changed /etc/udev/; then
    run udevadm control --reload
    run udevadm trigger --subsystem-match=tty --subsystem-match=usb
  fi
  if grep -qE '^(pn533_usb|pn533|nfc) ' /proc/modules 2>/dev/null; then run modprobe -r pn533_usb pn533 nfc; fi
  if has_changed /etc/modules-load.d/; then run modprobe -a usbserial cdc_acm; fi
  if has_changed /etc/systemd/journald.conf.d/; then run systemctl restart systemd-journald; fi
  if has_changed /etc/systemd/system/; then run systemctl daemon-reload; fi
  if has_changed "$program/" /etc/systemd/system/; then run systemctl try-restart tura.service; fi
}

install_all() {
  [ -f "$source/dist/tura.js" ] || refuse "no $source/dist/tura.js: npm run build"
  if [ -z "$root$dry" ]; then
    PATH=$unit_path command -v node >/dev/null || refuse "no node in $unit_path, where systemd looks: apt install nodejs"
    # A validator at work would be stopped by it.
    [ -z "$sd_card" ] || mountpoint -q /var/lib/tura ||
      refuse "nothing is mounted at /var/lib/tura: first, by hand, the lines of $here/sd-card/fstab"
  fi
  local rows=("${files[@]}") version
  version=$(systemd_version)
  if [ "${version:-0}" -ge 254 ]; then rows+=("$back_off"); fi
  if [ -n "$sd_card" ]; then rows+=("${sparing[@]}"); fi
  put_program
  each put_own "${rows[@]}"
  each put_link "${links[@]}"
  put_vehicle
  tell_system
}

uninstall_all() {
  if [ -e "$root/etc/systemd/system/tura.service" ]; then run systemctl stop tura.service; fi
  local row
  for row in "${files[@]}" "$back_off" "${sparing[@]}" "${links[@]}"; do take_away "${row##* }"; done
  take_away "$program"
  if has_changed /etc/udev/; then run udevadm control --reload; fi
  if has_changed /etc/systemd/system/; then run systemctl daemon-reload; fi
}

if [ -z "$root$dry" ] && [ "$(id -u)" -ne 0 ]; then refuse 'this writes to the system: sudo, or --dry-run'; fi
if [ -n "$uninstall" ]; then uninstall_all; else install_all; fi

would=''
if [ -n "$dry" ]; then would=' would be made'; fi
if [ "$changes" -eq 0 ]; then echo 'nothing to change'; else echo "$changes changes$would"; fi
if [ -z "$uninstall$dry$root" ]; then
  echo 'check:  sudo -u tura tura doctor /etc/tura/vehicle.yaml --state /var/lib/tura'
  echo 'start:  sudo systemctl start tura'
fi
if [ -n "$sd_card" ]; then echo "by hand, into /etc/fstab: $here/sd-card/fstab"; fi
[ -z "$failed" ]
