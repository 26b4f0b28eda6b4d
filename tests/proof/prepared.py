"""Imported by the process that those are forked from which hold mutants' meetings."""

from tests.proof.words import prepare

prepare(words=True)
