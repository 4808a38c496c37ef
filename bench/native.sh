#!/usr/bin/env bash
# The native executable: first answer, memory after the walk, and MIX beside the JVM. Ends with 1 when a goal is missed. See README.md.
# usage: ./mvnw package -Dnative -DskipTests, the package of the JVM by a JDK 25 (README.md), then bench/native.sh [--starts 9] [--rounds 3]
set -euo pipefail
exec python3 "$(dirname "$0")/start.py" native --mix "$@"
