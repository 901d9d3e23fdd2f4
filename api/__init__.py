"""The Calcification Knowledge API: rooms by what they can do, the same noun naming the file in each."""
