"""Widgets and dialogs that know no paper."""
