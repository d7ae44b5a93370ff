"""What writes to the disk, so that nothing is lost and nothing is written elsewhere; knows no trail."""
