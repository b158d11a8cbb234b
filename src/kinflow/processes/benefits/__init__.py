"""What a deployment really brought: its figures beside those of the comparison, its goals and what was promised."""
