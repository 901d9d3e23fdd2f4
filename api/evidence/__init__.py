"""Typed risk figures, the matrix of shapes and distributions, and its picture, all made of statements' figures."""
