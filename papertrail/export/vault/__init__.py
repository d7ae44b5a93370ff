"""The trail as a vault of Obsidian, in which the reader writes on."""
