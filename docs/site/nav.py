"""The navigation: guides, reference, project."""

import commands

FIRST = ["docs/guides/install.md", "docs/guides/which-revision.md", "docs/guides/tutorials.md", "docs/guides/ci.md",
         "docs/guides/verify.md", "docs/guides/conformance.md"]
PROJECT = ["docs/README.md", "docs/DESIGN.md", "docs/DECISIONS.md", "docs/SOUNDNESS.md", "docs/TYPES.md", "docs/MEASUREMENTS.md",
           "Vectors/README.md", "Vectors/PROTOCOL.md"]
ROOT = ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
SPECIFICATION = ["Spec/README.md", "Spec/RULES.md", "Spec/dot-bounds.md"]


def tree(titles, found):
    """The navigation as MkDocs takes it; pages of formats are reached from their list."""
    guides = sorted(name for name in titles if name.startswith("docs/guides/"))
    guides = [name for name in FIRST if name in guides] + [name for name in guides if name not in FIRST]
    near = sorted(name for name in titles if name.startswith(("Sources/", "python/", "examples/")) or name == "Vectors/models/README.md")
    listed = [{"All commands": "reference/commands/index.md"}] + [{" ".join(["hifi", *words]): "reference/commands/" + commands.page(words)}
                                                 for words in found]

    def entries(names):
        return [{titles[name]: name} for name in names if name in titles]

    return [
        {"Home": "README.md"},
        {"Guides": entries(guides)},
        {"Commands": listed},
        {"Reference": [{"Block formats": "reference/formats/index.md"}, {"Type numbers": "reference/types.md"},
                       {"Defects": "reference/defects.md"}, {"The report": "reference/report.md"}] + entries(SPECIFICATION)},
        {"Project": entries(PROJECT) + entries(near) + entries(ROOT)},
    ]
