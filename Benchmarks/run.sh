#!/bin/sh
# The comparison: builds the release binary and the bound, makes the data, installs the other tools into ./venv, runs.
#   run.sh            128 MB a data set, 5 rounds (15 where two cores are compared with one, or archives are read);
#                     tables and a plot in results/
#   run.sh --memory   also the peaks for 1 GiB and 8 GiB
#   run.sh --smoke    all of it small: each stage once, then 32 MB a data set, 2 rounds; fails where a ratio is under
#                     thresholds.json in three tries
# SLUICE=path  an existing release binary, with sample-rows and sample-rows-detached beside it; SIZE=megabytes,
# ROUNDS=n, DATA=folder. SLUICE_NEWEST=1: the newest tools, not those of Tests/versions.txt.
set -eu
cd "$(dirname "$0")"
smoke=0
[ "${1:-}" = --smoke ] && smoke=1
size=${SIZE:-128} rounds=${ROUNDS:-5} data=${DATA:-data} name=full extra=
[ $smoke = 1 ] && extra=--thresholds=thresholds.json &&
  { size=${SIZE:-32}; rounds=${ROUNDS:-2}; data=${DATA:-data}/smoke-$size; name=smoke; }
[ "${1:-}" = --memory ] && extra=--memory

../Tests/packages.sh benchmarks || echo "what needs them is left out"
../Tests/packages.sh --versions benchmarks

if [ -z "${SLUICE:-}" ]; then
  for product in sluice sample-rows sample-rows-detached; do
    swift build --package-path .. -c release --static-swift-stdlib --product $product
  done
  SLUICE=$(swift build --package-path .. -c release --show-bin-path)/sluice
fi
mkdir -p bin "$data" results
for bound in bound bound_sql; do
  clang -O3 -mavx2 -mbmi -mbmi2 -mpclmul -mlzcnt -mpopcnt Bound/$bound.c -o bin/$bound 2>/dev/null ||
    echo "no $bound on this CPU"
done
if [ ! -e "$data/.made-$size" ]; then
  swift build -c release --product generate
  "$(swift build -c release --show-bin-path)/generate" "$data" "$size"
  touch "$data/.made-$size"
fi
for tool in polars duckdb chdb pyarrow numpy matplotlib; do
  ../Tests/python-packages.sh venv $tool || echo "$tool cannot be installed: what needs it is left out"
done
[ $smoke = 1 ] && STAGES=tiny swift package --allow-writing-to-package-directory benchmark --quiet --no-progress
python3 compare.py --data "$data" --sluice "$SLUICE" --rounds "$rounds" --out "results/$name.json" --size "$size" $extra
if [ $smoke = 1 ]; then
  python3 report.py results/smoke.json --thresholds thresholds.json
else
  venv/bin/python report.py "results/$name.json" --markdown "results/$name.md" --plot "results/$name.png"
fi
