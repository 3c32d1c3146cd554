"""Tables in Markdown, put between markers of a page."""


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def replace(path, name, text):
    """Puts `text` between `<!-- name -->` and `<!-- /name -->`."""
    with open(path, encoding="utf-8") as file:
        body = file.read()
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = body.split(begin, 1)
    _, after = rest.split(end, 1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(before + begin + text + end + after)
