# shellcheck shell=bash

bench_help() {
  cat <<'HELP'
./studio bench SUITE [ARGS...]

Measures the studio and prints tables with bar, measured value, and whether it passes or falls short.

  quality   how good the results are, operation by operation
  assistant how well the local assistant understands people, and how fast
  speed     how fast they come, beside npm's sharp in the same run
  cancel    how long every operation goes on after it was cancelled
  gallery   what lists and searches cost among 100,000 pictures, on SQLite and on PostgreSQL
  fuzz      how the decoders take damaged files: fuzz --minutes N [--seed N] [--out FOLDER]; fuzz --replay FILE
  http      how many requests a second, beside Django REST framework in the same run, and whether the time of a sign-in tells anything
  quota     how many daily quotas are taken a second on PostgreSQL
  events    what an event costs that 1,000 listeners hear
  service   what the inference service costs beside ONNX Runtime's bare call, and its memory over many pictures and under load
  pictures  makes the pictures of docs/operations.md again: pictures [NAME...] [--out FOLDER]
  train     makes weights again that come with the studio: train faces --out FILE

ARGS go to the suite; ./studio bench without any lists what there is.
HELP
}

# OpenCV is the peer of the denoise benchmark; without it that comparison is left out.
offer_opencv() {
  /usr/bin/python3 -c 'import cv2' 2>/dev/null || python3 -c 'import cv2' 2>/dev/null || apt_install python3-opencv ||
    say "OpenCV is not on this machine, so nothing is measured beside it. As root: apt-get install python3-opencv"
}

# What the HTTP benchmark measures beside and with.
require_http_peers() {
  command -v wrk >/dev/null && /usr/bin/python3 -c 'import rest_framework, gunicorn' 2>/dev/null && return
  apt_install wrk python3-djangorestframework python3-gunicorn ||
    fail "The HTTP benchmark needs wrk, Django REST framework and gunicorn." "As root: apt-get install wrk python3-djangorestframework python3-gunicorn"
}

bench_command() {
  ensure_built "$benchmarks"
  [[ ! ${1:-} =~ ^(gallery|quota)$ ]] || require_test_tools
  [[ ${1:-} != http ]] || require_http_peers
  [[ ${1:-} != speed ]] || { lock_setup; npm_install "$root/benchmarks/peers"; unlock_setup; }
  [[ ${1:-} != quality || ! ${2:-denoise} =~ ^(denoise|--.*)$ ]] || offer_opencv
  exec dotnet "$(output_of "$benchmarks")" "$@"
}
