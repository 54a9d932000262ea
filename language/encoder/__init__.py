"""The encoder: texts to vectors.

In use: ``loading`` opens whichever encoder the settings name, ``serving`` runs the converted
transformer (Python 3.10 too, for Rasa's side), ``ngrams`` the small built-in, ``cache`` keeps
passages' vectors. Made once on each machine, by ``python -m language.encoder.convert``:
``package`` fetches the weights, ``packed`` reads them, ``base`` takes what Chinese needs,
``adapter`` adds what this project taught, ``graph`` writes what onnxruntime runs, and
``library_folder`` what sentence-transformers trains.
"""
