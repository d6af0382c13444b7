"""Where pages and sites are put.  Only these modules write files."""


class Refused(Exception):
    """The place given cannot be written to without harm; `reasons` says why, one sentence each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def reason_of(error: OSError) -> str:
    """Why the system did not do it, in its own words."""
    return (error.strerror or "no reason given").lower()
