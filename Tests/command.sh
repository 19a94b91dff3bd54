#!/usr/bin/env bash
# The command in a shell: completions for bash, zsh and fish, and the manual page.
#
#     Tests/command.sh [PATH-OF-SLUICE]       default: .build/debug/sluice
#
# Prints what was wrong, and ends with a line `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.."
sluice=$(readlink -f "${1:-.build/debug/sluice}")
page=$PWD/.ci/release/manual.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir lake
touch shop.tar.gz
passed=0 failed=0

# What came out is what is wanted.
check() { # NAME WANTED COMMAND…
  local name=$1 wanted=$2 found
  shift 2
  found=$("$@" 2>&1)
  if [ "$found" = "$wanted" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '%s: “%s” instead of “%s”\n' "$name" "$found" "$wanted"
  fi
}

# Who completes the words of the line, the last of them begun: in bash, as readline asks for it.
in_bash() {
  # shellcheck disable=SC2016 # the inner shell expands
  bash -c '
    . ./sluice.bash
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE=$* COMP_TYPE=9
    COMP_POINT=${#COMP_LINE}
    _sluice sluice "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[@]}"' bash "$@"
}

in_fish() {
  # shellcheck disable=SC2016
  fish -c 'source ./sluice.fish; complete -C $argv[1] | cut -f 1' "$*"
}

for shell in bash zsh fish; do
  check "a script for $shell" "" sh -c "'$sluice' --generate-completion-script $shell > sluice.$shell"
done

check "bash: a file" "shop.tar.gz" in_bash sluice convert sh
check "bash: an option" "--output" in_bash sluice convert --outp
check "bash: a folder" "lake" in_bash sluice convert --output l
check "bash: a command" "convert" in_bash sluice conv
if command -v zsh >/dev/null; then
  check "zsh: the script is one" "" zsh -n sluice.zsh
else
  echo "skipped: zsh (it is not here)"
fi
if command -v fish >/dev/null; then
  check "fish: a file" "shop.tar.gz" in_fish sluice convert sh
  check "fish: an option" "--output" in_fish sluice convert --outp
  check "fish: a folder" "lake/" in_fish sluice convert --output l
  check "fish: a command" "convert" in_fish sluice conv
else
  echo "skipped: fish (it is not here)"
fi

check "the manual page is made" "" sh -c "python3 -B '$page' '$sluice' > sluice.1"
if command -v mandoc >/dev/null; then
  check "the manual page is right" "" mandoc -T lint sluice.1
  mandoc -T utf8 sluice.1 | col -b >page.txt
  for command in convert inspect verify backup create list show wait fetch run binlogs; do
    check "the manual page has $command" "1" grep -c "^   $command\$" page.txt
  done
  check "the manual page has the exit statuses" "11" grep -cE '^     [0-9]+[[:space:]]+[A-Z]' page.txt
  "$sluice" convert --help | grep -oE '(^| |/)--[a-z][a-z0-9-]*' | grep -oE -- '--.*' | sort -u >options.txt
  while read -r option; do
    case $option in --help | --version) continue ;; esac
    check "the manual page has $option" "yes" sh -c "grep -qw -e '$option' page.txt && echo yes"
  done <options.txt
else
  echo "skipped: the manual page (mandoc is not here)"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
