"""Numbers that belong to a person: encrypted here, a placeholder wherever else."""
