"""How Chinese is read and written: pure, and shared by all.

Reading: texts made plain (``text``, ``terms``), names in running text (``names``), numerals,
amounts and pay, times, places, trades, numbers of persons (``personal``). Writing: days, clocks
and pay (``wording``). And the encoder, which makes vectors of texts.
"""

PYTHON_310_SAFE = (
    "language.clauses",
    "language.dialects",
    "language.encoder.cache",
    "language.encoder.serving",
    "language.encoder.vectors",
    "language.names",
    "language.text",
)
"""What Rasa's side, on Python 3.10 and with other packages, may use.

Loaded, they need the standard library, numpy and each other only; the encoder opens onnxruntime
and tokenizers at its first use. The model is trained anew when one of them changes.
"""
