"""A laboratory fault: bursts in a plate, resonant sensors, stick and slip."""
