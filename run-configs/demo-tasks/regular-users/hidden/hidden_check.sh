#!/bin/bash
# Lists the users of a host with services: run as `bash hidden_check.sh`.
ulimit -t 4 # ends an endless loop, by CPU time
passed=0
total=0

# expect LABEL EXPECTED COMMAND...: compares what the command prints, its lines joined by |
expect() {
    local label=$1 expected=$2 actual
    shift 2
    actual=$("$@" 2>&1 </dev/null | head -c 2000 | paste -sd '|')
    total=$((total + 1))
    if [ "$actual" = "$expected" ]; then
        passed=$((passed + 1))
        echo "PASS $label"
    else
        echo "FAIL $label: expected '$expected', got '$actual'"
    fi
}

passwd=${TMPDIR:-/tmp}/passwd.txt
trap 'rm -f "$passwd"' EXIT
cat >"$passwd" <<'PASSWD'
root:x:0:0:root:/root:/bin/bash
postgres:x:999:999:db:/var/lib/postgresql:/bin/bash
git:x:110:110:git:/home/git:/bin/bash
sync:x:4:65534:sync:/bin:/bin/sync
zoe:x:1000:1000:Zoe:/home/zoe:/bin/bash
ann:x:60000:60000:Ann:/home/ann:/bin/sh
bot:x:1003:1003:Bot:/home/bot:/bin/false
nobody:x:65534:65534:nobody:/:/bin/sh
PASSWD

expect 'users of web1' 'li|maria' bash users.sh etc/passwd.web1
expect 'services and nobody left out' 'ann|zoe' bash users.sh "$passwd"

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
