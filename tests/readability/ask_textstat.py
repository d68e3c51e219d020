#!/usr/bin/env python3
"""Says what textstat makes of sentences: for each page of the JSON file given, Flesch-Kincaid grade and SMOG.

The file maps pages to lists of sentences; so does the answer on standard output, to scores.
"""
import hashlib
import json
import sys

import textstat

with open(sys.argv[1], encoding="utf-8") as file:
    pages = json.load(file)
textstat.set_lang("en_US")
scores = {}
for path, sentences in sorted(pages.items()):
    text = "\n".join(sentences)
    scores[path] = {
        "asked": hashlib.sha256(text.encode()).hexdigest()[:16],
        "flesch-kincaid": round(textstat.flesch_kincaid_grade(text), 3),
        "smog": round(textstat.smog_index(text), 3),
        "sentences": textstat.sentence_count(text),
        "words": textstat.lexicon_count(text),
        "syllables": textstat.syllable_count(text),
    }
json.dump(scores, sys.stdout, indent=1, sort_keys=True)
print()
