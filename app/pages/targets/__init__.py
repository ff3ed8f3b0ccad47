"""Targets: a chapter's table, one target with its chart, the organiser's forms, what a member says of themselves."""
