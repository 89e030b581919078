"""Who acts: enterprises, audit teams and park authorities, and each of their behaviours."""
