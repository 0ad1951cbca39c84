"""What a page leaves behind when it goes from the book: its HTML, text and images."""

from pathlib import Path


def remains(app) -> set[Path]:
    """Files of the site that belong to no page."""
    site, env = Path(app.outdir), app.env
    top = {name.partition("/")[0] for name in env.found_docs if "/" in name}
    pages = {site / f"{name}.html" for name in env.found_docs}
    sources = {site / "_sources" / f"{name}.md" for name in env.found_docs}
    notebooks = {site / "notebooks" / f"{name}.ipynb" for name in env.found_docs}
    images = {site / "_images" / name for _, name in env.images.values()}
    there = {path for folder in top for path in (site / folder).rglob("*.html")}
    texts = set((site / "_sources").rglob("*.*"))
    return (
        (there - pages)
        | ({path for path in texts if path.is_file()} - sources)
        | (set((site / "notebooks").rglob("*.ipynb")) - notebooks)
        | (set((site / "_images").glob("*")) - images)
    )


def sweep(app, error):
    if error is None and app.builder.name == "html":
        for path in remains(app):
            path.unlink()


def setup(app):
    app.connect("build-finished", sweep)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
