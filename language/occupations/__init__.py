"""From what an ad or a person calls a job to its code in the 职业分类大典 2022, or unknown.

``reader`` answers: by the classification's own names and aliases (``classification``, fetched as
data by ``package``), by everyday words (``everyday``), and by a model of n-grams and, where it is
loaded, the sentence encoder's vector (``model``), which ``training`` learns. Without the
classification, or without the encoder, what is left works.
"""
