"""The user interface shell: templates, components, tokens, icons and live updates."""
