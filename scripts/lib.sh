# Shared by the scripts: where the project is, and what a machine needs to build it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

packages=(libjpeg-dev libpng-dev libtiff-dev libsqlite3-dev pkg-config)

say() { printf '%s\n' "$*" >&2; }

# Installs the Debian packages that are missing; says what to do where that is not allowed.
need_packages() {
    local missing=()
    for package in "${packages[@]}" "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null; then sudo=(sudo); else
            say "missing packages: ${missing[*]}"
            say "ask an administrator to run: apt-get install ${missing[*]}"
            exit 1
        fi
    fi
    say "installing: ${missing[*]}"
    "${sudo[@]}" apt-get update -qq >&2
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

need_swift() {
    command -v swift >/dev/null && return 0
    for folder in /opt/swift/usr/bin "$HOME/.swiftly/bin" "$HOME/.local/share/swiftly/bin"; do
        if [ -x "$folder/swift" ]; then
            export PATH="$folder:$PATH"
            return 0
        fi
    done
    say "Swift 6.3 is needed: see swift.org/install"
    exit 1
}

# What every build is checked with: no import that Package.swift does not declare. Warnings are errors by Package.swift itself.
strict_build=(--explicit-target-dependency-import-check error)
