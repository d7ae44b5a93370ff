"""Papers as other programs cite them."""
