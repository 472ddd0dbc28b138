# What the commands at the top of the repository need of the machine. They source this; it installs what is missing.
# shellcheck shell=sh

say() { printf '\n==> %s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# Debian packages, where a program of theirs is missing: need PROGRAM PACKAGE…
need() {
    program=$1
    shift
    command -v "$program" >/dev/null 2>&1 && return
    install "$@"
    command -v "$program" >/dev/null 2>&1 || fail "$program is still missing after installing $*"
}

install() {
    [ "$(id -u)" = 0 ] || fail "installing $* needs root" "run this as root, or install them first: apt-get install $*"
    command -v apt-get >/dev/null 2>&1 || fail "$* must be installed, and apt-get is not here" "install them with this system's package manager"
    say "installing $*"
    if [ -z "${packages_known:-}" ]; then
        apt-get update -qq || fail "apt-get update failed" "check the network and /etc/apt/sources.list"
        packages_known=1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || fail "apt-get install $* failed"
}

need_compiler() {
    command -v cargo >/dev/null 2>&1 || fail "cargo is missing" "install Rust: https://rustup.rs"
    need cc gcc libc6-dev
    # The sample app is linked statically.
    [ -n "$(find /usr/lib -name libc.a 2>/dev/null | head -n 1)" ] || install libc6-dev
}

# A Docker Engine that answers. One that runs already is used as it is.
need_docker() {
    need dockerd docker.io
    # The engine wants them, and recommends rather than requires them.
    need iptables iptables
    docker info >/dev/null 2>&1 && return
    [ "$(id -u)" = 0 ] || fail "Docker does not answer" "start it, or run this as root"
    say "starting the Docker Engine"
    if [ -d /run/systemd/system ]; then
        systemctl start docker || fail "systemctl start docker failed" "see: journalctl -u docker"
    else
        setsid dockerd >/var/log/dockerd.log 2>&1 </dev/null &
    fi
    tries=0
    until docker info >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 120 ] || fail "the Docker Engine does not answer" "see /var/log/dockerd.log, or: journalctl -u docker"
        sleep 0.5
    done
}

# The stock AWS CLI and boto3, in a directory of their own. Debian's are older than AWS_ENDPOINT_URL.
need_clients() {
    clients=$PWD/target/clients
    if ! { [ -x "$clients/bin/aws" ] && "$clients/bin/python" -c 'import boto3' 2>/dev/null; }; then
        need python3 python3
        python3 -c 'import venv, ensurepip' 2>/dev/null || install python3-venv
        say "installing the AWS CLI and boto3 into target/clients"
        python3 -m venv "$clients" && "$clients/bin/pip" install --quiet --disable-pip-version-check awscli==1.45.11 boto3==1.43.11 ||
            fail "awscli and boto3 could not be had from PyPI" "check the network; behind a proxy, set PIP_INDEX_URL"
    fi
    export PATH="$clients/bin:$PATH" AWS_PAGER=
}

# The AWS SDK for JavaScript, the last that runs on Debian's Node.js.
need_javascript() {
    modules=$PWD/target/javascript
    [ -d "$modules/node_modules/@aws-sdk/client-ecs" ] && return
    need node nodejs
    need npm npm
    say "installing the AWS SDK for JavaScript into target/javascript"
    mkdir -p "$modules"
    npm install --prefix "$modules" --no-audit --no-fund --loglevel=error \
        @aws-sdk/client-ecs@3.958.0 @aws-sdk/client-ec2@3.958.0 @aws-sdk/client-sts@3.958.0 >/dev/null ||
        fail "the AWS SDK for JavaScript could not be had from npm" "check the network; behind a proxy, set npm_config_registry"
}

# A small image of Debian's static busybox.
need_busybox_image() {
    docker image inspect busybox:local >/dev/null 2>&1 && return
    [ -x /bin/busybox ] && ! ldd /bin/busybox >/dev/null 2>&1 || install busybox-static
    root=$(mktemp -d)
    mkdir "$root/bin" "$root/tmp"
    cp /bin/busybox "$root/bin/"
    for name in $(/bin/busybox --list); do
        [ "$name" = busybox ] || ln -s busybox "$root/bin/$name"
    done
    tar -C "$root" --owner 0 --group 0 -c . | docker import --change 'CMD ["sh"]' - busybox:local >/dev/null
    rm -rf "$root"
}
