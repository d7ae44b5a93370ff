"""Trails damaged at random: what is noticed of it, and what can be put back."""
