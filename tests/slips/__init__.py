"""Slips of the hand, the ear and the tongue, made by a lot that always falls the same."""
