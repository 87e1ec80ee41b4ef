#!/bin/sh
# What the image is built with: `sh scripts/image_steps.sh FOLDER` makes an environment there that needs nothing of this
# source any more: what Rapport itself stands on, pinned by the hashes of requirements.lock, and Rapport.
set -eu
place="$1"
python3 -m venv "$place"
"$place/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r scripts/tools.lock
# Of everything in the lock only what the program needs, not what builds and tests it.
"$place/bin/uv" pip compile --quiet --universal --generate-hashes --no-header \
  --constraints requirements.lock --output-file "$place/runtime.lock" pyproject.toml
"$place/bin/uv" pip install --quiet --python "$place/bin/python" --require-hashes -r "$place/runtime.lock"
"$place/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation .
"$place/bin/python" -m compileall -q "$place/lib" || true
"$place/bin/pip" uninstall --quiet --yes uv hatchling editables pathspec trove-classifiers
