"""Hosts that many companies share: an address there is a page about a company, and the host is nobody's domain."""

from __future__ import annotations

from collections.abc import Mapping

_SITES: Mapping[str, str] = {
    "angel.co": "AngelList",
    "app.hubspot.com": "HubSpot",
    "appexchange.salesforce.com": "AppExchange",
    "bitbucket.org": "Bitbucket",
    "bsky.app": "Bluesky",
    "crunchbase.com": "Crunchbase",
    "docs.google.com": "Google Docs",
    "drive.google.com": "Google Drive",
    "facebook.com": "Facebook",
    "fb.com": "Facebook",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "glassdoor.com": "Glassdoor",
    "goo.gl": "Google",
    "g.page": "Google",
    "huggingface.co": "Hugging Face",
    "instagram.com": "Instagram",
    "kununu.com": "kununu",
    "linkedin.com": "LinkedIn",
    "linktr.ee": "Linktree",
    "maps.google.com": "Google Maps",
    "medium.com": "Medium",
    "npmjs.com": "npm",
    "partners.amazonaws.com": "AWS partner directory",
    "pinterest.com": "Pinterest",
    "pypi.org": "PyPI",
    "reddit.com": "Reddit",
    "sites.google.com": "Google Sites",
    "slideshare.net": "SlideShare",
    "sourceforge.net": "SourceForge",
    "t.me": "Telegram",
    "tiktok.com": "TikTok",
    "twitter.com": "Twitter",
    "vimeo.com": "Vimeo",
    "vk.com": "VK",
    "wa.me": "WhatsApp",
    "wikipedia.org": "Wikipedia",
    "x.com": "X",
    "xing.com": "XING",
    "yelp.com": "Yelp",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
}
"""What people call each of them; sites where each company has a host of its own, such as acme.github.io, are none."""

_MAIL = frozenset(
    {
        *("aol.com", "gmail.com", "googlemail.com", "hotmail.com", "icloud.com", "live.com", "me.com", "msn.com"),
        *("outlook.com", "proton.me", "protonmail.com", "yahoo.com", "gmx.com", "gmx.net", "gmx.de", "gmx.at"),
        *("gmx.ch", "t-online.de", "web.de", "yahoo.co.jp", "yahoo.de", "mail.ru", "yandex.ru", "qq.com", "163.com"),
    }
)
"""Where anybody has a mailbox."""


def site(host: str) -> str:
    """What people call the site of a host that many share; empty where it is one company's own."""
    parts = host.casefold().rstrip(".").split(".")
    return next((_SITES[name] for at in range(len(parts)) if (name := ".".join(parts[at:])) in _SITES), "")


def has_mailboxes(host: str) -> bool:
    """Whether anybody may have a mailbox at a host."""
    return host.casefold().rstrip(".") in _MAIL


def shared(host: str) -> bool:
    """Whether a host tells nothing of who somebody is."""
    return bool(site(host)) or has_mailboxes(host)
