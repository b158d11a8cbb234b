"""The three things to do with all catalogues: update, check, compile."""

from collections.abc import Iterator, Sequence

from kinflow.web.translations import catalogues, faults
from kinflow.web.translations.messages import UnreadableSource
from kinflow.web.translations.sources import Package, messages_of, packages


class Untranslated(Exception):
    """Catalogues have faults, or a package named does not exist."""


def run(verb: str, names: Sequence[str] = ()) -> Iterator[str]:
    """Do `update`, `check` or `compile` for the packages named, for all without names; yields what to say."""
    every = packages()
    unknown = sorted({*names} - {package.name for package in every})
    if unknown:
        raise Untranslated(f"No such package: {', '.join(unknown)}.")
    chosen = [package for package in every if not names or package.name in names]
    if verb == "update":
        yield from update(chosen, every)
    elif verb == "compile":
        yield from compile_all(chosen)
    else:
        faults_found = list(check(chosen, every))
        yield from faults_found
        if faults_found:
            raise Untranslated(f"{len(faults_found)} faults in the translations.")
        yield "Translations are complete."


def update(chosen: Sequence[Package], every: Sequence[Package]) -> Iterator[str]:
    """Bring the catalogues of the chosen packages up to date; yields what was done.

    A text that any other package has translated already is taken over. A package with an unreadable
    source is left as it is, so that nothing is lost.
    """
    known = catalogues.known_translations(package.catalogue for package in every)
    for package in chosen:
        try:
            messages = messages_of(package)
        except UnreadableSource as error:
            yield f"{package.name}: left alone: {error}"
            continue
        catalogue = catalogues.updated(catalogues.read(package.catalogue), messages, known)
        if catalogues.write(catalogue, package.catalogue):
            open_texts = sum(not catalogues.translation_of(entry) for entry in catalogue)
            yield f"{package.name}: {len(catalogue)} texts, {open_texts} to translate"


def check(chosen: Sequence[Package], every: Sequence[Package]) -> Iterator[str]:
    """Each fault of the chosen packages' catalogues, and each contradiction between any two of all."""
    for package in chosen:
        try:
            messages = messages_of(package)
        except UnreadableSource as error:
            yield str(error)
            continue
        for fault in faults.faults_of(messages, catalogues.read(package.catalogue)):
            yield f"{package.name}: {fault}"
    yield from faults.contradictions({package.name: catalogues.read(package.catalogue) for package in every})


def compile_all(chosen: Sequence[Package]) -> Iterator[str]:
    """Compile what is not compiled yet; yields what was done."""
    for package in chosen:
        if package.catalogue.exists() and catalogues.compile_catalogue(package.catalogue):
            yield f"{package.name}: compiled"
