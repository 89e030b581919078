"""Who acts: enterprises, audit teams and park authorities, and each of their behaviours."""

from cleanpark.scenarios.imported import keep_state

keep_state(__file__)
