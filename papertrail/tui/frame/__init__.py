"""What all screens stand in: the program, its tabs, keys, palette and help, and work beside the screen."""
