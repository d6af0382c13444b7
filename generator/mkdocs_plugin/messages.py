"""What is said where a build ends: never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateError
from mkdocs.exceptions import MkDocsException, PluginError

from generator.boundary import answer_of_the_computer, crash_report
from generator.reports.printable import printable
from generator.sinks import Refused


def message_of(error: MkDocsException) -> str:
    """What the error says beyond what MkDocs has logged already; maybe nothing."""
    # "Aborted with ..." follows what was logged already.
    message = error.format_message()
    return "" if message.startswith("Aborted with a ") else message


def template_message(error: TemplateError) -> str:
    """Where a template of the theme, or of the company's own look, is wrong, and what is."""
    where = ":".join(str(part) for part in (getattr(error, "filename", None), getattr(error, "lineno", None)) if part)
    return f"the template {where}: {error.message}" if where else f"a template of the theme: {error.message}"


def error_message(error: Exception) -> str:
    """What is to be said of an error that ended a build; a crash report where it is a bug."""
    if isinstance(error, MkDocsException):
        return message_of(error)
    if isinstance(error, TemplateError):
        return template_message(error)
    return answer_of_the_computer(error) or crash_report()


@contextmanager
def explained() -> Iterator[None]:
    """Whatever goes wrong inside becomes a PluginError, which MkDocs prints without a traceback."""
    try:
        yield
    except PluginError:
        raise
    except Refused as refused:
        raise PluginError("\n".join(map(printable, refused.reasons))) from None
    except Exception as error:
        raise PluginError(answer_of_the_computer(error) or crash_report()) from error
