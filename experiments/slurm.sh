#!/bin/bash
# sbatch --array=1-16 experiments/slurm.sh study=cap20 study.folder=results/cap20
# Each task of the array runs one part of the study in a folder of its own; a task that is lost and started again goes on
# where it was. Warm the cache once before (elbowroom warm); join the parts after:
#   elbowroom merge results/cap20-*of16 into=results/cap20
#SBATCH --job-name=elbowroom
#SBATCH --cpus-per-task=4
#SBATCH --requeue
set -euo pipefail
exec "${PYTHON:-python}" -m experiments.sweep -m "$@" \
  study.shard="${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}" study.threads="${SLURM_CPUS_PER_TASK:-0}"
