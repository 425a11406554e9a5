"""Reads of the desk: what is to be done, roll-ups, a unit's and a person's own figures."""
