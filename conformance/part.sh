# SPDX-License-Identifier: Apache-2.0
#
# What every part uses. Source it first:
#
#   source "$CONFORMANCE/part.sh"
#   need cfn-lint "lints CloudFormation templates" && check "cfn-lint has no findings" cfn-lint x.yaml
#
# $ROOT is the repository, $WORK a folder of the part that is removed at its end, $DYNAVAULT the launcher that is tried:
# that of the repository, unless the variable names that of a distribution.
set -uo pipefail

: "${CONFORMANCE:?run it by conformance/run}"
: "${DYNAVAULT:=$ROOT/dynavault}"
WORK=$(mktemp -d)
STARTED=()

finish() {
  local process
  for process in "${STARTED[@]:-}"; do
    [[ -n $process ]] && kill "$process" 2> /dev/null && wait "$process" 2> /dev/null
  done
  rm -rf "$WORK"
}
trap finish EXIT

# check <what> <command…>: runs it; its output is shown only if it fails.
check() {
  local what=$1
  shift
  if "$@" > "$WORK/output" 2>&1; then
    echo passed >> "$RESULTS"
    echo "passed   $what"
  else
    echo failed >> "$RESULTS"
    echo "failed   $what"
    sed 's/^/         /' "$WORK/output"
    return 1
  fi
}

# skip <what> <why>
skip() {
  echo skipped >> "$RESULTS"
  echo "skipped  $1: $2"
}

# need <command> <what it is for>: whether it is installed; says so if not.
need() {
  if ! command -v "$1" > /dev/null; then
    skip "$2" "$1 is not installed"
    return 1
  fi
}

# need_python <module> <what it is for>
need_python() {
  if ! python3 -c "import $1" 2> /dev/null; then
    skip "$2" "Python's $1 is not installed"
    return 1
  fi
}

# Starts moto's server on a free port and waits for it; its address is $MOTO then.
start_moto() {
  moto_server -H 127.0.0.1 -p 0 > "$WORK/moto.log" 2>&1 &
  STARTED+=($!)
  local tries
  for ((tries = 0; tries < 120; tries++)); do
    MOTO=$(sed -n 's/.*Running on \(http:[^ ]*\).*/\1/p' "$WORK/moto.log" | head -1)
    if [[ -n $MOTO ]]; then
      export MOTO
      return 0
    fi
    sleep 0.5
  done
  cat "$WORK/moto.log"
  return 1
}

# on_moto <what for>: whether there is a moto server, with Dynavault, boto3 and the AWS CLI pointed at it.
on_moto() {
  need moto_server "$1" && need_python boto3 "$1" || return 1
  check "moto starts" start_moto || return 1
  export AWS_ENDPOINT_URL=$MOTO AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=conformance AWS_SECRET_ACCESS_KEY=conformance AWS_EC2_METADATA_DISABLED=true
  unset AWS_PROFILE AWS_SESSION_TOKEN
  export DYNAVAULT_VAULT=s3://vaults/acme
}

dynavault() {
  "$DYNAVAULT" "$@"
}

# What boto3 sees and does: see look.py.
look() {
  python3 "$CONFORMANCE/look.py" "$@"
}

# says <text> <command…>: whether it succeeds and prints a text.
says() {
  ends 0 "$@"
}

# ends <exit code> <text> <command…>: whether it ends so and prints a text, on whichever stream.
ends() {
  local code=$1 text=$2 output ended=0
  shift 2
  output=$("$@" 2>&1) || ended=$?
  printf '%s\n(exit code %s, expected %s and "%s")\n' "$output" "$ended" "$code" "$text"
  [[ $ended -eq $code && $output == *"$text"* ]]
}
