"""Pictures as files: whatever was drawn, by the server or in a browser, becomes SVG, PNG or PDF in the same way."""
