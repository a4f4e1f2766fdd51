#!/bin/bash
# sbatch --array=1-16 experiments/slurm.sh study=cap20 study.folder=results/cap20
# Each task of the array runs one part of the study in a folder of its own; a task that is lost and started again goes on
# where it was. Warm the cache once before (elbowroom warm); join the parts after:
#   elbowroom merge results/cap20-*of16 into=results/cap20
# To start some parts again, say of how many they are:
#   PARTS=16 sbatch --array=3,7 experiments/slurm.sh study=cap20 study.folder=results/cap20
#SBATCH --job-name=elbowroom
#SBATCH --cpus-per-task=4
#SBATCH --requeue
set -euo pipefail
if [[ -z ${SLURM_ARRAY_TASK_ID:-} ]]; then
  echo "experiments/slurm.sh runs parts of a study: sbatch --array=1-16 experiments/slurm.sh ..." >&2
  exit 2
fi
# Tasks 3 and 7 alone are two, and neither is part 3 of 2 nor, for 1 and 2, all of what was begun as 16.
if [[ -z ${PARTS:-} && "$SLURM_ARRAY_TASK_MIN-$SLURM_ARRAY_TASK_MAX" != "1-$SLURM_ARRAY_TASK_COUNT" ]]; then
  echo "The array is not counted from 1 without gaps: say of how many parts these are, such as PARTS=16 sbatch ..." >&2
  exit 2
fi
exec elbowroom sweep "$@" \
  study.shard="$SLURM_ARRAY_TASK_ID/${PARTS:-$SLURM_ARRAY_TASK_COUNT}" study.threads="${SLURM_CPUS_PER_TASK:-0}"
