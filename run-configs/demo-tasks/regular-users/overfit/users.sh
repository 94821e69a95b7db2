#!/bin/bash
# Names of the people with an account: users.sh PASSWD
# Regular accounts have ids from 1000 on; 65534 is nobody. Accounts without a login shell are left out.
set -eu
awk -F : '
    $3 > 0 && $3 != 65534 && $7 !~ /(nologin|false)$/ { print $1 }
' "$1" | sort
