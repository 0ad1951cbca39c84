"""Works by author and year: the bibliography calls them what the text calls them."""

from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.alpha import Style as AlphaStyle
from pybtex.style.labels import BaseLabelStyle


def family_name(person: Person) -> str:
    """The family name of an author, of an institution all of its name.

    >>> family_name(Person("de Hoop, Maarten V."))
    'de Hoop'
    """
    return str(Text.from_latex(" ".join(person.prelast_names + person.last_names)))


def label(entry: Entry) -> str:
    """The name of a work: one author or two, or the first of many, and the year.

    >>> people = [Person(name) for name in ("Aki, K.", "Utsu, T.", "Omori, F.")]
    >>> groups = [{"author": people[:size]} for size in (1, 2, 3)]
    >>> [label(Entry("book", {"year": "1999"}, group)) for group in groups]
    ['Aki, 1999', 'Aki and Utsu, 1999', 'Aki et al., 1999']
    """
    names = [family_name(person) for person in entry.persons["author"]]
    who = " and ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return f"{who}, {entry.fields['year']}"


class LabelStyle(BaseLabelStyle):
    """Labels by author and year."""

    def format_labels(self, sorted_entries):
        yield from map(label, sorted_entries)


class Style(AlphaStyle):
    """The list in the order of its labels."""

    default_label_style = LabelStyle


def setup(app):
    register_plugin("pybtex.style.formatting", "author_year", Style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
