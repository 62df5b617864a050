"""The sheet Start: the verdict, and a dozen questions that lead to the inputs."""
