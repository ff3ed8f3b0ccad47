"""Activities of chapters: plan, check-in, documents, attendance; undertakings."""
