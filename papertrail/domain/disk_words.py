"""What to do about an error of the disk: true for what it says, and no more than that."""

import errno

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


def disk_remedy(error: OSError) -> str:
    """Return what to do about an error of the disk, on one line."""
    return _REMEDIES.get(error.errno or 0, "check free space and permissions of the folder")
