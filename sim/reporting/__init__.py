"""Answers for people: figures, tables and sentences, each number with its interval and n."""
