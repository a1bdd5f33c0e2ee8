#include "write/workbook/formats.h"

#include <stdbool.h>

enum edges { NO_EDGES, ABOVE, BELOW, GAPS };

/* A member that is 0 or NULL leaves the spreadsheet's default. */
struct look {
    const char *number;
    double size;
    bool bold;
    bool wrap;
    bool shrink; /* shrink a long text instead of cutting it */
    uint8_t align;
    uint8_t vertical; /* 0: in the middle, which suits writing systems of all heights */
    uint8_t indent;
    lxw_color_t colour;
    lxw_color_t fill;
    enum edges edges;
};

static const char whole[] = "#,##0";
static const char whole_or_dash[] = "#,##0;-#,##0;\\\u2013";
static const char percent[] = "0.0%";
static const char verbatim[] = "@";
static const char truth[] = "\"TRUE\";\"TRUE\";\"FALSE\""; /* for LibreOffice, else 1 and 0 */
static const char moment[] = "yyyy-mm-dd hh:mm:ss";

enum {
    LEFT = LXW_ALIGN_LEFT,
    RIGHT = LXW_ALIGN_RIGHT,
    CENTRE = LXW_ALIGN_CENTER,
    FOOT = LXW_ALIGN_VERTICAL_BOTTOM,
};

static const struct look looks[FORMATS] = {
    [FORMAT_TEXT] = {.number = verbatim},
    [FORMAT_COUNT] = {.number = whole},
    [FORMAT_SHARE] = {.number = percent},
    [FORMAT_TIME] = {.number = moment, .align = LEFT},
    [FORMAT_TRUTH] = {.number = truth, .align = CENTRE},
    [FORMAT_HEADER] = {.bold = true, .colour = COLOUR_WHITE, .fill = COLOUR_INK},
    [FORMAT_HEADER_FIGURE] = {.bold = true,
                              .align = RIGHT,
                              .colour = COLOUR_WHITE,
                              .fill = COLOUR_INK},
    [FORMAT_SUM_TEXT] = {.bold = true, .edges = ABOVE},
    [FORMAT_SUM_COUNT] = {.number = whole, .bold = true, .edges = ABOVE},
    [FORMAT_SUM_SHARE] = {.number = percent, .bold = true, .edges = ABOVE},
    [FORMAT_NOTE] = {.size = 9, .colour = COLOUR_TEXT_QUIET},
    [FORMAT_WARNING] = {.bold = true, .colour = COLOUR_ALARM},

    [FORMAT_TITLE] = {.size = 22, .bold = true, .colour = COLOUR_INK},
    [FORMAT_SUBTITLE] = {.size = 12, .colour = COLOUR_TEXT_QUIET},
    [FORMAT_SOURCE] = {.size = 10, .align = RIGHT, .colour = COLOUR_TEXT_QUIET},
    [FORMAT_COMPLETE] = {.colour = COLOUR_GOOD},
    [FORMAT_BANNER] = {.size = 12,
                       .bold = true,
                       .wrap = true,
                       .align = LEFT,
                       .indent = 1,
                       .colour = COLOUR_WHITE,
                       .fill = COLOUR_ALARM},
    [FORMAT_SECTION] = {.size = 12, .bold = true, .colour = COLOUR_INK},
    [FORMAT_TILE_LABEL] = {.size = 10,
                           .shrink = true,
                           .align = CENTRE,
                           .vertical = FOOT,
                           .colour = COLOUR_TEXT_QUIET,
                           .fill = COLOUR_TILE,
                           .edges = GAPS},
    [FORMAT_TILE_COUNT] = {.number = whole,
                           .size = 24,
                           .bold = true,
                           .shrink = true,
                           .align = CENTRE,
                           .colour = COLOUR_INK,
                           .fill = COLOUR_TILE,
                           .edges = GAPS},
    [FORMAT_TILE_SHARE] = {.number = percent,
                           .size = 10,
                           .align = CENTRE,
                           .colour = COLOUR_TEXT_QUIET,
                           .fill = COLOUR_TILE,
                           .edges = GAPS},
    [FORMAT_HEAT_HEADER] = {.size = 9,
                            .wrap = true,
                            .align = CENTRE,
                            .vertical = FOOT,
                            .colour = COLOUR_TEXT_QUIET,
                            .edges = BELOW},
    [FORMAT_HEAT_CORNER] = {.size = 9,
                            .vertical = FOOT,
                            .colour = COLOUR_TEXT_QUIET,
                            .edges = BELOW},
    [FORMAT_HEAT_NAME] =
        {
            .size = 10,
        },
    [FORMAT_HEAT_COUNT] =
        {
            .number = whole_or_dash,
            .size = 10,
            .shrink = true,
            .align = CENTRE,
        },
    [FORMAT_HEAT_TOTAL] =
        {
            .number = whole,
            .size = 10,
            .bold = true,
            .shrink = true,
            .align = CENTRE,
        },
    [FORMAT_HEAT_SUM_NAME] = {.size = 10, .bold = true, .edges = ABOVE},
    [FORMAT_HEAT_SUM] = {.number = whole,
                         .size = 10,
                         .bold = true,
                         .shrink = true,
                         .align = CENTRE,
                         .edges = ABOVE},
    [FORMAT_DATA_TITLE] = {.size = 9, .bold = true, .colour = COLOUR_TEXT_QUIET},
    [FORMAT_DATA_HEADER] = {.size = 9, .colour = COLOUR_TEXT_QUIET, .edges = BELOW},
    [FORMAT_DATA_HEADER_FIGURE] =
        {.size = 9, .align = RIGHT, .colour = COLOUR_TEXT_QUIET, .edges = BELOW},
    [FORMAT_DATA_TEXT] = {.number = verbatim, .size = 9, .colour = COLOUR_TEXT_QUIET},
    [FORMAT_DATA_COUNT] = {.number = whole, .size = 9, .colour = COLOUR_TEXT_QUIET},

    [FORMAT_LABEL] = {.bold = true, .wrap = true, .colour = COLOUR_INK},
    [FORMAT_FACT] = {.number = verbatim, .wrap = true, .align = LEFT},
    [FORMAT_FACT_COUNT] = {.number = whole, .align = LEFT},
    [FORMAT_FACT_TIME] = {.number = moment, .align = LEFT},
};

static void draw_edges(lxw_format *format, enum edges edges)
{
    if (edges == ABOVE) {
        format_set_top(format, LXW_BORDER_THIN);
        format_set_top_color(format, COLOUR_INK);
    } else if (edges == BELOW) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, COLOUR_RULE);
    } else if (edges == GAPS) {
        /* Lines as white as the sheet separate neighbours. */
        format_set_left(format, LXW_BORDER_THICK);
        format_set_left_color(format, COLOUR_WHITE);
        format_set_right(format, LXW_BORDER_THICK);
        format_set_right_color(format, COLOUR_WHITE);
    }
}

static lxw_format *make_format(lxw_workbook *lxw, const struct look *look)
{
    lxw_format *format = workbook_add_format(lxw);
    format_set_align(format, look->vertical ? look->vertical : (uint8_t)LXW_ALIGN_VERTICAL_CENTER);
    if (look->number)
        format_set_num_format(format, look->number);
    if (look->size > 0)
        format_set_font_size(format, look->size);
    if (look->bold)
        format_set_bold(format);
    if (look->wrap)
        format_set_text_wrap(format);
    if (look->shrink)
        format_set_shrink(format);
    if (look->align)
        format_set_align(format, look->align);
    if (look->indent)
        format_set_indent(format, look->indent);
    if (look->colour)
        format_set_font_color(format, look->colour);
    if (look->fill)
        format_set_bg_color(format, look->fill);
    draw_edges(format, look->edges);
    return format;
}

void formats_make(lxw_workbook *lxw, lxw_format *formats[static FORMATS])
{
    for (int i = 0; i < FORMATS; i++)
        formats[i] = make_format(lxw, &looks[i]);
}
