# Prepares the checkout for its commands; sourced by run, test and nightly, never started by itself.
#
#   prepare run    what the program needs
#   prepare dev    that, and what its tests need
#
# Afterwards $root/.venv/bin holds python, send-desk and send-desk-hub. Everything said goes to standard error, because standard
# output belongs to the command. Nothing here names a registry: pip and apt follow the machine's own settings.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=$root/.venv
requirements=$root/packaging/requirements

# One line a library: the file that must be there, and the Debian package that brings it. Qt needs the first six
# for any window at all and the others for a real one; without libcups the list of printers is silently empty.
_system_libraries='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libcups.so.2 libcups2
'

_say() { printf 'SEND Desk: %s\n' "$*" >&2; }

# Exit status 3 is "cannot" throughout the program: nothing was wrong with what was typed.
_cannot() {
    _say "$@"
    exit 3
}

# Does it with nothing said if it ends well; if not, the last lines of what it said are shown.
_quietly() {
    _log=$(mktemp)
    if "$@" </dev/null >"$_log" 2>&1; then
        rm -f "$_log"
        return 0
    fi
    tail -n 20 "$_log" >&2
    rm -f "$_log"
    return 1
}

prepare() {
    _require_system
    if _is_prepared "$1"; then
        # An environment made by an earlier version has one door fewer.
        if [ ! -x "$venv/bin/send-desk-hub" ] && [ -w "$venv/bin" ]; then _make_doors; fi
        return 0
    fi
    [ -w "$root" ] && { [ ! -e "$venv" ] || [ -w "$venv" ]; } || _cannot "the libraries for this version are not \
prepared, and $(id -un) may not write to $root. Nothing was changed. Start this command once as the owner of that \
folder, or copy the folder to one of your own and start it there."
    # Two first starts at once: the second waits here, and then finds the work done.
    exec 9<"$root/packaging/prepare.sh"
    if command -v flock >/dev/null; then flock 9; fi
    if ! _is_prepared "$1"; then _make_environment "$1"; fi
    exec 9<&-
}

# --- the machine ---------------------------------------------------------------------------------------------------

_require_system() {
    _missing=$(_missing_packages)
    if [ -z "$_missing" ]; then return 0; fi
    command -v apt-get >/dev/null || _cannot "these are missing on this machine, here by their Debian names:" \
        "$_missing. Install them with the system's own package manager, then start this command again."
    _command="apt-get update && apt-get install -y --no-install-recommends $_missing"
    if [ "$(id -u)" = 0 ]; then
        _as_root=env
    elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        _as_root='sudo env'
    else
        _cannot "this machine lacks: $_missing. Nothing was changed. Ask someone who may install software to" \
            "type this as root, then start this command again:
    $_command"
    fi
    _say "installing what this machine lacks: $_missing"
    # The two lists are split into words on purpose. What an interrupted installation left half done is finished first.
    # shellcheck disable=SC2086
    if ! _quietly $_as_root DEBIAN_FRONTEND=noninteractive dpkg --configure -a ||
        ! _quietly $_as_root apt-get -q update ||
        ! _quietly $_as_root DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
            -o DPkg::Lock::Timeout=300 $_missing; then
        _cannot "the system packages could not be installed; the reason stands above. Once it is mended, start this" \
            "command again, or type as root:
    $_command"
    fi
    _missing=$(_missing_packages)
    [ -z "$_missing" ] || _cannot "the packages were installed, and yet this machine still lacks: $_missing." \
        "SEND Desk needs Python 3.11 or newer (Debian 12 has it)."
}

# The Debian packages to install, on one line; nothing if the machine has all it needs.
_missing_packages() {
    _packages=''
    # A prepared environment has shown that there is a Python, and saves the search for one.
    if [ ! -x "$venv/bin/python" ] && [ -z "$(_find_python)" ]; then _packages=' python3 python3-venv'; fi
    # Only Linux has the libraries as separate packages.
    if [ -x /sbin/ldconfig ]; then
        _present=$(/sbin/ldconfig -p)
        while read -r _file _package; do
            case "$_present" in
            *"$_file "*) ;;
            *) _packages="$_packages $_package" ;;
            esac
        done <<LIBRARIES
$(printf '%s' "$_system_libraries" | sed '/^$/d')
LIBRARIES
    fi
    # Fetching needs certificates. A bundle named in the environment, or already in place, is left alone.
    if [ ! -e "$venv/bin/python" ] && command -v apt-get >/dev/null &&
        [ ! -e /etc/ssl/certs/ca-certificates.crt ] && [ -z "${PIP_CERT:-}${SSL_CERT_FILE:-}" ]; then
        _packages="$_packages ca-certificates"
    fi
    printf '%s' "${_packages# }"
}

# The first Python that is new enough and can make environments.
_find_python() {
    for _python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$_python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$_python"
            return 0
        fi
    done
}

# --- the environment -----------------------------------------------------------------------------------------------

# The two commands. -P: the folder that one is started in is never searched for modules.
_make_doors() {
    cat >"$venv/bin/send-desk" <<'DOOR'
#!/bin/sh
exec "$(dirname -- "$(readlink -f -- "$0")")/python" -P -m send_desk "$@"
DOOR
    cat >"$venv/bin/send-desk-hub" <<'DOOR'
#!/bin/sh
exec "$(dirname -- "$(readlink -f -- "$0")")/python" -P -c 'import sys
from send_desk.__main__ import hub
sys.exit(hub())' "$@"
DOOR
    chmod +x "$venv/bin/send-desk" "$venv/bin/send-desk-hub"
}

# What the environment for $1 was made from. The place counts, because its scripts carry their path.
_fingerprint() {
    printf '%s\n%s\n' "$root" "$("$venv/bin/python" -V 2>/dev/null)"
    cksum <"$requirements/$1.txt"
}

_is_prepared() {
    [ -f "$venv/prepared-$1" ] && [ ! -e "$venv/unfinished" ] &&
        [ "$(cat "$venv/prepared-$1")" = "$(_fingerprint "$1")" ]
}

# Whether what stands there may be cleared away: nothing, an empty folder, or what this script began or finished.
_is_ours() {
    [ ! -e "$venv" ] || [ -e "$venv/unfinished" ] || [ -e "$venv/prepared-run" ] || rmdir "$venv" 2>/dev/null
}

_make_environment() {
    _is_ours || _cannot "$venv was not made by this command, so it is left as it is. Move it away, then start this" \
        "command again."
    # The mark "unfinished" stands while work is going on, so an environment that bears it was interrupted and is begun
    # again, as is one whose Python or place has changed. One with other requirements is brought up to date where it
    # stands, and keeps its old mark if the libraries cannot be fetched: going back a version then works offline.
    _kept=$(cat "$venv/prepared-run" 2>/dev/null || true)
    _now=$(_fingerprint run)
    if [ -e "$venv/unfinished" ] || [ "$(printf '%s' "$_kept" | head -n 2)" != "$(printf '%s' "$_now" | head -n 2)" ]
    then
        _kept=''
        mkdir -p "$venv"
        : >"$venv/unfinished"
        for _each in "$venv"/*; do
            if [ "$_each" != "$venv/unfinished" ]; then rm -rf "$_each"; fi
        done
        _say "making an environment in $venv"
        _quietly "$(_find_python)" -m venv "$venv" ||
            _cannot "Python could not make an environment in $venv; the reason stands above." \
                "Start this command again once it is mended."
    fi
    : >"$venv/unfinished"
    rm -f "$venv/prepared-run" "$venv/prepared-dev"
    _say "fetching the libraries; this happens once, and takes a minute or two"
    if ! _quietly "$venv/bin/python" -m pip --disable-pip-version-check --quiet install --no-input --require-hashes \
        --only-binary :all: --requirement "$requirements/$1.txt"; then
        if [ -n "$_kept" ]; then
            printf '%s\n' "$_kept" >"$venv/prepared-run"
            rm -f "$venv/unfinished"
        fi
        _cannot "the libraries could not be fetched; the reason stands above. Your cases are not touched. Check the" \
            "network and the machine's pip settings, then start this command again."
    fi
    # The checkout itself, by a path and a door: no build, so nothing has to be fetched for it.
    _site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$root" >"$_site/send_desk.pth"
    _make_doors
    _fingerprint run >"$venv/prepared-run"
    if [ "$1" = dev ]; then _fingerprint dev >"$venv/prepared-dev"; fi
    rm -f "$venv/unfinished"
}
