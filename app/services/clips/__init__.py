"""Sound and film of questions: made anew, kept in parts, served part by part."""
