"""Keys and tokens that came into the data: where they stand and of what kind they are, never what they are.

What a token looks like is the knowledge of the library detect-secrets, whose patterns are used without its guesses
by entropy and without its network checks, and of a few patterns of our own for what it lacks.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from generator.problems import Place, Problem, define_error
from generator.source.features import MAX_PROBLEMS

SECRET = define_error(
    "secret",
    "A key or a token",
    meaning="The file holds what opens a door: a key of a cloud, a private key, a token, or an address with a password "
    "or a token in it. Everybody in the company reads the site, and the history of the repository keeps it for good. "
    "No report repeats it.",
    fix="Delete it from the file. Then revoke it where it was issued and get a new one: it stays in the history.",
)

_DETECTORS = (
    ("aws", "AWSKeyDetector"), ("azure_storage_key", "AzureStorageKeyDetector"), ("discord", "DiscordBotTokenDetector"),
    ("github_token", "GitHubTokenDetector"), ("gitlab_token", "GitLabTokenDetector"), ("jwt", "JwtTokenDetector"),
    ("mailchimp", "MailchimpDetector"), ("openai", "OpenAIDetector"), ("pypi_token", "PypiTokenDetector"),
    ("sendgrid", "SendGridDetector"), ("slack", "SlackDetector"), ("square_oauth", "SquareOAuthDetector"),
    ("stripe", "StripeDetector"), ("telegram_token", "TelegramBotTokenDetector"), ("twilio", "TwilioKeyDetector"),
)  # fmt: skip
_OURS = (
    ("GitHub Token", r"github_pat_\w{50,}"),
    ("Google API Key", r"AIza[\w-]{35}"),
    ("Google OAuth Secret", r"GOCSPX-[\w-]{28}"),
    ("Anthropic API Key", r"sk-ant-[\w-]{32,}"),
    ("OpenAI Token", r"sk-(?:proj|svcacct|admin)-[\w-]{40,}"),
    ("npm Token", r"npm_[A-Za-z0-9]{36}"),
    ("Hugging Face Token", r"hf_[A-Za-z]{34}"),
    ("Atlassian Token", r"ATATT3[\w=-]{60,}"),
    ("DigitalOcean Token", r"do[opr]_v1_[0-9a-f]{64}"),
    ("Databricks Token", r"dapi[0-9a-f]{32}"),
    ("Shopify Token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("Slack Token", r"(?:xapp-\d-|xoxe\.?-)[\w.-]{20,}"),
    ("Stripe Access Key", r"whsec_[A-Za-z0-9]{32}"),
    ("age Secret Key", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
)
_BEGINS_A_WORD = r"(?<![A-Za-z0-9_-])"
_WORD = re.compile(r"\S{20,}")
_DIGIT = re.compile("[0-9]")
_CONTINUATION = re.compile(r"[\w+/=.~-]*", re.ASCII)
_ASSIGNED = re.compile(
    r"""\b(?:aws|amazon)[\w .-]{0,20}(?:secret|key)[\w .-]{0,20}["']?\s?[:=]\s?["']?"""
    r"(?P<secret>[A-Za-z0-9/+]{40})(?![\w/+])",
    re.IGNORECASE | re.ASCII,
)
_VARIABLE = r"\$\{\w+\}"
"""Stands for a secret that is kept elsewhere."""

_PASSWORD = re.compile(rf"""://(?P<secret>[^\s/?#@:"']{{0,256}}:(?!{_VARIABLE}@)[^\s/?#@"']{{1,256}}@)""")
_PARAMETER = re.compile(
    r"[?&;#](?:[\w-]{0,20}token|[\w-]{0,20}api[_-]?key|[\w-]{0,20}secret|password|passwd|pwd|sig|[\w-]{0,20}signature)="
    rf"(?P<secret>(?!{_VARIABLE}(?![^\s&#\"'<>]))[^\s&#\"'<>]{{6,}})",
    re.IGNORECASE | re.ASCII,
)
_PRIVATE_KEY = re.compile(r"BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY|PuTTY-User-Key-File-\d")
_LONGEST_KEY = 20_000


class _Secret(NamedTuple):
    """What stands from `begin` to `end` of a text."""

    kind: str
    begin: int
    end: int


def redacted(text: str, file: str) -> tuple[str, list[Problem]]:
    """`text` with every secret in it made unreadable, and a problem for each; all lines stay as long as they are."""
    parts: list[str] = []
    problems: list[Problem] = []
    line, start, reached = 1, 0, 0
    for kind, begin, end in sorted(_secrets(text), key=lambda secret: (secret.begin, -secret.end)):
        if begin < reached:
            continue
        if breaks := text.count("\n", reached, begin):
            line += breaks
            start = text.rfind("\n", reached, begin) + 1
        if len(problems) <= MAX_PROBLEMS:
            length = len(text[begin:end].split("\n", 1)[0].rstrip())
            message = f"this is a secret ({kind}), and everybody in the company reads the site"
            place = Place(file, line, begin - start + 1, max(1, length))
            problems.append(Problem(SECRET, message, place, "delete it here, and revoke it where it was issued"))
        parts += [text[reached:begin], _masked(text[begin:end])]
        if breaks := text.count("\n", begin, end):
            line += breaks
            start = text.rfind("\n", begin, end) + 1
        reached = end
    return "".join([*parts, text[reached:]]), problems


def _masked(secret: str) -> str:
    # Of what has several lines, the signs stay that YAML may need there.
    return re.sub(r"[A-Za-z0-9+/=]" if "\n" in secret else r"\S", "x", secret)


def _secrets(text: str) -> Iterator[_Secret]:
    if "://" in text:
        yield from _matches(_PASSWORD, "password in an address", text)
    if "=" in text:
        yield from _matches(_PARAMETER, "token in an address", text)
    if "aws" in (lower := text.lower()) or "amazon" in lower:
        yield from _matches(_ASSIGNED, "AWS Secret Key", text)
    yield from _private_keys(text)
    for word in _WORD.finditer(text):
        # Tokens hold digits, and of ordinary words few of that length do.
        if _DIGIT.search(word[0]):
            for token in _tokens().finditer(text, word.start(), word.end()):
                kind = _kinds()[token.lastgroup or ""]
                yield _Secret(kind, token.start(), _token_end(text, token.end()))


def _matches(pattern: re.Pattern[str], kind: str, text: str) -> Iterator[_Secret]:
    for match in pattern.finditer(text):
        yield _Secret(kind, match.start("secret"), match.end("secret"))


def _private_keys(text: str) -> Iterator[_Secret]:
    """Each key from its first line to its last, or as far as a key can reach where the last is missing."""
    begins = [match.start() for match in _PRIVATE_KEY.finditer(text)]
    for begin, following in pairwise([*begins, len(text)]):
        furthest = min(following, begin + _LONGEST_KEY)
        ends = [text.find(mark, begin, furthest) for mark in ("-----END", "\n\n", "\n\r\n")]
        yield _Secret("Private Key", begin, next((end for end in ends if end >= 0), furthest))


def _token_end(text: str, reached: int) -> int:
    block = _CONTINUATION.match(text, reached)
    return block.end() if block else reached


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    # Imported where a word may be a token, which is rarely so: it brings an HTTP client along that nobody needs here.
    patterns = list(_OURS)
    for module, name in _DETECTORS:
        detector = getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), name)
        for pattern in detector.denylist:
            ignoring_case = "(?i:" if pattern.flags & re.IGNORECASE else "(?:"
            patterns.append((detector.secret_type, f"{ignoring_case}{pattern.pattern})"))
    return tuple(patterns)


@cache
def _kinds() -> dict[str, str]:
    return {f"kind{number}": kind for number, (kind, _) in enumerate(_patterns())}


@cache
def _tokens() -> re.Pattern[str]:
    """Every pattern at once; each starts at the beginning of a word, or a long one would be read again and again."""
    either = "|".join(f"(?P<kind{number}>{pattern})" for number, (_, pattern) in enumerate(_patterns()))
    return re.compile(f"{_BEGINS_A_WORD}(?:{either})")
