"""Typed risk figures, the matrix of shapes and distributions, and its picture. Everything comes from statements and their figures."""
