"""Numbers, titles and sentences in the languages of readers."""
