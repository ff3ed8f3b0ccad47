"""Deeds: help given besides 1+2 to a resident, a household or a shop. The rules, without a world."""
