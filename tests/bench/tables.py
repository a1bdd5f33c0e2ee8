"""Figures as Markdown tables and as a drawing."""

import math


def seconds(value):
    return f"{value:.2f} s"


def mebibytes(kib):
    return f"{kib / 1024:.0f} MiB"


def table(header, rows):
    """The first column is text or a number as its first row is, the others are numbers."""
    first = "---:" if rows and rows[0][0][:1].isdigit() else "---"
    lines = [header, [first] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def comparison(figures, reference):
    """`reference` names the row that the ratios refer to."""
    unit = figures[reference]["wall_s"]
    rows = [[name, seconds(row["wall_s"]), f"{row['wall_s'] / unit:.2f}", seconds(row["cpu_s"]),
             mebibytes(row["peak_kib"])] for name, row in figures.items()]
    return table(["program", "wall", "ratio", "CPU", "peak memory"], rows)


def curve(figures):
    rows = [[f"{int(contacts):,}", seconds(row["wall_s"]), seconds(row["cpu_s"]), mebibytes(row["peak_kib"])]
            for contacts, row in figures.items()]
    return table(["contacts", "wall", "CPU", "peak memory"], rows)


def latency(figures):
    row = [f"{figures['pages']:,}", f"{figures['latency_ms']} ms", str(figures["connections"]),
           seconds(figures["wire_s"]), seconds(figures["wall_s"]), f"{figures['wall_s'] / figures['wire_s']:.2f}"]
    return table(["pages", "latency", "connections", "curl, pages only", "rollcall fetch", "ratio"], [row])


def change(before, after):
    return f"{(after / before - 1) * 100:+.0f} %" if before else ""


def against(baseline, figures):
    """What both have, and how much of it is more or less than before."""
    rows = []
    parts = [(part, figures[part], baseline.get(part, {})) for part in ("comparison", "curve")]
    parts += [(f"snapshot of {int(contacts):,}", measured, baseline.get("snapshots", {}).get(contacts, {}))
              for contacts, measured in figures["snapshots"].items()]
    for part, measured, earlier in parts:
        for name, after in measured.items():
            before = earlier.get(name)
            if before:
                rows.append([f"{part}: {name}", seconds(before["wall_s"]), seconds(after["wall_s"]),
                             change(before["wall_s"], after["wall_s"]), change(before["cpu_s"], after["cpu_s"]),
                             change(before["peak_kib"], after["peak_kib"])])
    return table(["", "wall before", "wall now", "wall", "CPU", "memory"], rows)


WIDTH, HEIGHT, LEFT, TOP = 320, 200, 70, 40


def panel(title, points, offset, format_value):
    """One curve; both axes are logarithmic and begin and end at a power of ten."""

    def bounds(values):
        return math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)

    x_low, x_high = bounds([x for x, _ in points])
    y_low, y_high = bounds([y for _, y in points])
    x_high, y_high = max(x_high, x_low + 1), max(y_high, y_low + 1)

    def at(x, y):
        return (offset + LEFT + (math.log10(x) - x_low) / (x_high - x_low) * WIDTH,
                TOP + HEIGHT - (math.log10(y) - y_low) / (y_high - y_low) * HEIGHT)

    parts = [f'<text x="{offset + LEFT}" y="{TOP - 16}" font-weight="bold">{title}</text>']
    for power in range(x_low, x_high + 1):
        x, y = at(10 ** power, 10 ** y_low)
        parts.append(f'<path d="M{x:.1f} {TOP}V{y:.1f}" stroke="#ddd"/>'
                     f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{10 ** power:,}</text>')
    for power in range(y_low, y_high + 1):
        x, y = at(10 ** x_low, 10 ** power)
        parts.append(f'<path d="M{x:.1f} {y:.1f}h{WIDTH}" stroke="#ddd"/>'
                     f'<text x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{format_value(10 ** power)}</text>')
    places = [at(x, y) for x, y in points]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    parts.append(f'<path d="M{line}" fill="none" stroke="#2563a8" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#2563a8"/>' for x, y in places]
    return "".join(parts)


def drawing(figures):
    """An SVG of time and memory against the number of contacts."""
    wall = [(int(contacts), row["wall_s"]) for contacts, row in figures.items()]
    memory = [(int(contacts), row["peak_kib"] / 1024) for contacts, row in figures.items()]
    width = 2 * (WIDTH + LEFT) + 80
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT + TOP + 40}"'
            ' font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
            + panel("wall time against contacts", wall, 0, lambda value: f"{value:g} s")
            + panel("peak memory against contacts", memory, WIDTH + LEFT + 40, lambda value: f"{value:g} MiB")
            + "</svg>\n")
