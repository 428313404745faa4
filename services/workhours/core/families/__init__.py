"""The families of working-time rules: one module each. ``family.FAMILIES`` names them all."""
