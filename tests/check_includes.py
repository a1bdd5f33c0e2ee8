#!/usr/bin/env python3
"""Checks that the includes of src/ point one way.

- A file includes files of its own folder and of folders on a lower level: no arrow points up or sideways.
- The engines stand on the folders that ENGINES names alone.
- No header, and no module (a .c and the .h of its name), includes another that includes it, directly or through
  others.

Prints what is wrong, a line each, and exits with 1.
"""

import pathlib
import re
import sys

# From top to bottom. Folders on one level know nothing of one another.
LEVELS = [
    ["."],  # main.c
    ["command"],
    ["terminal"],
    ["cli"],
    ["write/csv", "write/page", "write/workbook"],
    ["write"],
    ["report"],
    ["tally"],
    ["fetch"],
    ["fetch/request"],
    ["fetch/api"],
    ["fetch/http", "fetch/proof"],
    ["snapshot"],
    ["lang"],
    ["model"],
    ["mustache", "zip"],
    ["base/file"],
    ["base"],
]

ENGINES = {
    "mustache": {"base"},
    "zip": {"base", "base/file"},
}

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def read_includes(source):
    """The includes of each file, both relative to `source`."""
    files = sorted(path for path in source.rglob("*") if path.suffix in (".c", ".h"))
    return {path.relative_to(source): [pathlib.PurePath(name) for name in INCLUDE.findall(path.read_text("utf-8"))]
            for path in files}


def check_folders(includes):
    level_of = {folder: level for level, folders in enumerate(LEVELS) for folder in folders}
    for path, names in includes.items():
        folder = str(path.parent)
        if folder not in level_of:
            yield f"{path}: LEVELS does not name the folder {folder}"
            continue
        for name in names:
            target = str(name.parent)
            if target == folder:
                continue
            if name not in includes:
                yield f"{path}: includes {name}, which src/ does not have"
            elif target in level_of and level_of[target] <= level_of[folder]:
                yield f"{path}: includes {name}, but {folder} is not above {target}"
            elif target not in ENGINES.get(folder, level_of):
                yield f"{path}: includes {name}, but {folder} stands on {', '.join(sorted(ENGINES[folder]))} alone"


def module_graph(includes):
    """Which modules each module includes. A module is a .c and the .h of its name; a header without a .c of its own
    belongs to whoever includes it."""
    def targets(path):
        for name in includes[path]:
            if name.with_suffix(".c") in includes:
                yield str(name.with_suffix(""))
            elif name in includes:
                yield from targets(name)

    graph = {}
    for path in includes:
        if path.with_suffix(".c") in includes:
            module = str(path.with_suffix(""))
            graph.setdefault(module, set()).update(targets(path))
            graph[module].discard(module)
    return graph


def header_graph(includes):
    return {str(path): {str(name) for name in names if name in includes}
            for path, names in includes.items() if path.suffix == ".h"}


def find_path(graph, start, goal):
    """The shortest way from what `start` includes to `goal`, or None."""
    ways = [[start]]
    seen = set()
    for way in ways:
        for module in sorted(graph[way[-1]]):
            if module == goal:
                return way + [module]
            if module not in seen:
                seen.add(module)
                ways.append(way + [module])
    return None


def check_circles(graph):
    told = set()
    for node in sorted(graph):
        circle = find_path(graph, node, node)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield f"circle: {' > '.join(circle)}"


def main():
    source = pathlib.Path(__file__).resolve().parent.parent / "src"
    includes = read_includes(source)
    if not includes:
        sys.exit(f"no sources in {source}")
    faults = [*check_folders(includes), *check_circles(header_graph(includes))]
    if not faults:  # circles of headers would lead the next check around
        faults = [*check_circles(module_graph(includes))]
    print("\n".join(faults) if faults else f"{len(includes)} files: every include points down, no circle")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
