"""Every rule that a template is held to, beyond what its schema says."""
