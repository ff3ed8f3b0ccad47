"""Formulas in questions: read once as a tree, written for pages, paper, Word and a screen reader."""
