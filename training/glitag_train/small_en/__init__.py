"""The recipe of the embedded model glitag-small-en: a shared BERT encoder with GLiClass bi-encoder heads."""
