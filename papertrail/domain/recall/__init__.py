"""Recall: questions that notes ask, how well their answers are remembered, and what is asked on a day."""
