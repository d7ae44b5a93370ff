"""What to do about an error of the disk: true for what it says, and no more than that."""

import errno

from papertrail.domain.errors import StorageError

_REMEDIES = {
    errno.ENOSPC: "make room on the disk and try again; reading goes on",
    errno.EDQUOT: "make room in your quota and try again; reading goes on",
    errno.EFBIG: "this is as large as files may be here; reading goes on",
    errno.EROFS: "it can only be read there; reading goes on",
    errno.EACCES: "check the permissions of the folder",
    errno.EPERM: "check the permissions of the folder",
    errno.EIO: "the disk may be failing: copy the trail elsewhere, then see papertrail doctor",
    errno.ENOENT: "put it back, and try again",
    errno.ENOTDIR: "there is a file where a folder should be",
    errno.EMFILE: "close other programs and try again",
    errno.ENFILE: "close other programs and try again",
}


def told_of_disk(error: OSError, what: object = "a file") -> StorageError:
    """Return what the system says as one of papertrail's errors.

    Args:
        error: names the file, mostly.
        what: was to be used, where it does not.
    """
    return StorageError(
        f"cannot use {error.filename or what} ({error.strerror or error})", disk_remedy(error)
    )


def disk_remedy(error: OSError) -> str:
    """Return what to do about an error of the disk, on one line."""
    return _REMEDIES.get(error.errno or 0, "check free space and permissions of the folder")
