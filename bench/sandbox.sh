#!/usr/bin/env bash
# How long it takes to open and close a sandbox, and how many agent steps a second it does, against bare bash in the same run.
# Usage: bench/sandbox.sh [NAMESPACE|HOST]
set -euo pipefail
cd "$(dirname "$0")/.."
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
mvn -q -B -Dspotless.check.skip -pl schemas,transforms test-compile dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath" >&2
java -cp "transforms/target/test-classes:transforms/target/classes:schemas/target/classes:$(cat "$classpath")" \
  dev.agon.bench.SandboxBench "${1:-NAMESPACE}"
