#include "terminal/look.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EIGHTHS = 8 };

/* Reads the environment, as the process's own locale stays "C". */
static bool locale_is_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (!locale)
        return false;
    bool is_utf8 = strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    freelocale(locale);
    return is_utf8;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

struct terminal_look terminal_look_at(int stream)
{
    const char *terminal = getenv("TERM");
    bool is_dumb = terminal && strcmp(terminal, "dumb") == 0;
    bool is_live = isatty(stream) == 1 && is_set("TERM") && !is_dumb;
    return (struct terminal_look){
        .is_live = is_live,
        .has_colour = is_live && !is_set("NO_COLOR"),
        .has_blocks = !is_dumb && locale_is_utf8(),
    };
}

/* The part of the whole in steps, rounded; at least one if the part is above 0. */
static int steps_of(int64_t part, int64_t whole, int steps)
{
    if (part <= 0 || whole <= 0 || steps <= 0)
        return 0;
    if (part >= whole)
        return steps;
    int step = (int)((double)part / (double)whole * steps + 0.5);
    return step > 0 ? step : 1;
}

static void append_times(const char *text, int times, struct buffer *out)
{
    for (int i = 0; i < times; i++)
        buffer_append_text(out, text);
}

void terminal_bar(int64_t part, int64_t whole, int columns, bool has_blocks, struct buffer *out)
{
    static const char *const blocks[EIGHTHS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (has_blocks) {
        int eighths = steps_of(part, whole, columns * EIGHTHS);
        append_times("█", eighths / EIGHTHS, out);
        buffer_append_text(out, blocks[eighths % EIGHTHS]);
    } else {
        append_times("#", steps_of(part, whole, columns), out);
    }
}

/* The gauge is full only at the end. */
void terminal_gauge(int64_t part, int64_t whole, int columns, bool has_blocks, struct buffer *out)
{
    int full = part > 0 && whole > 0 ? (int)((double)part / (double)whole * columns) : 0;
    if (full > columns)
        full = columns;
    buffer_append_char(out, '[');
    append_times(has_blocks ? "█" : "#", full, out);
    append_times(has_blocks ? "·" : ".", columns - full, out);
    buffer_append_char(out, ']');
}

/* The character's length in bytes if a terminal would obey it, else 0. */
static size_t command_bytes(const unsigned char *at)
{
    bool is_control = at[0] < 0x20 || at[0] == 0x7F;
    bool is_c1 = at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0;
    bool is_direction = at[0] == 0xE2 && ((at[1] == 0x80 && at[2] >= 0xA8 && at[2] <= 0xAE) ||
                                          (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9));
    if (is_direction)
        return 3;
    return is_c1 ? 2 : is_control;
}

void terminal_harmless(const char *text, struct buffer *out)
{
    struct buffer repaired = {0};
    utf8_repair(text, strlen(text), &repaired);
    for (const char *at = buffer_text(&repaired); *at;) {
        size_t bytes = command_bytes((const unsigned char *)at);
        buffer_append_char(out, bytes ? '?' : *at);
        at += bytes ? bytes : 1;
    }
    buffer_free(&repaired);
}
