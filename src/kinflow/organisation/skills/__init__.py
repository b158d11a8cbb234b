"""Skills, territories and industries that people have and work needs."""
