"""Deeds: a member's page for the field, the organisers' desk, figures of a chapter, old figures from files."""
