"""Many runs: replicates on common random numbers, and what they say with intervals."""
