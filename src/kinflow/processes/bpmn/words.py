"""What is said of files that cannot be read, and of what in a file was not taken as it stands."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .model import Note
from .xml import NotBpmn

REFUSALS: dict[str, Promise] = {
    "too_big": gettext_lazy("The file is too big: at most 20 MB."),
    "too_many": gettext_lazy("The file holds more than anybody could look at: at most 400,000 nodes of XML."),
    "too_large": gettext_lazy(
        "The model is too large: at most 2,000 elements, lanes and pools, and 4,000 flows. Split it."
    ),
    "long_name": gettext_lazy(
        "A name in the file is too long: at most 500 characters, 10,000 in annotations. Shorten it."
    ),
    "broken": gettext_lazy("The file is not well-formed XML."),
    "document_type": gettext_lazy(
        "The file declares a document type (<!DOCTYPE …>); BPMN has none, and we read none, for safety. Take it out, or"
        " export the model anew."
    ),
    "something_else": gettext_lazy("The file is XML, but not BPMN 2.0."),
    "no_process": gettext_lazy("The file holds no process."),
}

NOTES: dict[str, Promise] = {
    "extension": gettext_lazy("Additions of the tool that wrote it are left out"),
    "not_read": gettext_lazy("Not read"),
    "script": gettext_lazy("The script is shown, never run"),
    "several_events": gettext_lazy("Only the first of several events is kept"),
    "dangling": gettext_lazy("The flow has no beginning or no end and is left out"),
    "same_id": gettext_lazy("The same id is used twice; only the first is kept"),
    "no_drawing": gettext_lazy("The file has no drawing, or part of one; we drew it"),
    "inclusive": gettext_lazy("An inclusive gateway with more than six flows is judged as an exclusive one"),
    "complex": gettext_lazy("A complex gateway is judged as an exclusive one"),
    "event_subprocess": gettext_lazy("A sub-process started by an event is not judged"),
    "compensation": gettext_lazy("Compensation is not judged"),
    "ad_hoc": gettext_lazy(
        "Steps of an ad-hoc sub-process are judged as allowed in any order, any number of times"
    ),
    "other_process": gettext_lazy("A pool without a step known to the log is not judged"),
    "condition": gettext_lazy("The condition is shown, never evaluated: both ways are allowed"),
}


def note_words(note: Note) -> str:
    """The note as a sentence, with what it concerns and how often."""
    words = str(NOTES[note.code])
    if note.about:
        words = pgettext("note", "%(note)s: %(about)s") % {"note": words, "about": note.about}
    if note.count > 1:
        words = pgettext("note", "%(note)s (%(count)s times)") % {"note": words, "count": f"{note.count:,}"}
    return words


def refusal_words(error: NotBpmn) -> str:
    """Why the file cannot be read, with the line where that is known."""
    words = str(REFUSALS[error.code])
    if error.code == "long_name":
        return words + " " + _("It begins “%(begin)s”.") % {"begin": error.detail}
    if error.code == "broken" and error.detail:
        return words + " " + _("Reading stopped at line %(line)s.") % {"line": error.detail}
    return words
