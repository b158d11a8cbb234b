"""The one condition language: parsed, translated to SQL, evaluated in memory, said as a sentence."""
