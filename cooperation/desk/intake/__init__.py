"""Intake: records that arrive written down, the seed among them, are entered at the desk."""
