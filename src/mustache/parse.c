/* Makes the tree of nodes from the tokens. */
#include "mustache/tree.h"

#include "base/error.h"
#include "base/memory.h"
#include "mustache/mustache.h"

#include <stdlib.h>
#include <string.h>

static bool opens(enum mustache_kind kind)
{
    return kind == MUSTACHE_SECTION || kind == MUSTACHE_INVERTED || kind == MUSTACHE_PARENT ||
           kind == MUSTACHE_BLOCK;
}

static bool close_token(const struct mustache_template *template, struct mustache_tokens *tokens,
                        size_t index, size_t open, struct error *error)
{
    struct mustache_token *token = &tokens->items[index];
    if (open == MUSTACHE_NONE)
        return mustache_fail(template, token->offset, error,
                             "\"%s\" is closed here, but nothing is open", token->name);
    struct mustache_token *opening = &tokens->items[open];
    if (strcmp(opening->name, token->name) != 0) {
        mustache_fail(template, token->offset, error,
                      "\"%s\" is closed here, but \"%s\" is open since line %zu", token->name,
                      opening->name, mustache_line_number(template, opening->offset));
        return error_hint(error, "close \"%s\" first", opening->name);
    }
    opening->partner = index;
    token->partner = open;
    return true;
}

/* Finds each opening tag's closing tag, and the tag that encloses each token. */
static bool pair_tokens(const struct mustache_template *template, struct mustache_tokens *tokens,
                        struct error *error)
{
    size_t innermost = MUSTACHE_NONE;
    size_t depth = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        struct mustache_token *token = &tokens->items[i];
        if (token->kind == MUSTACHE_CLOSE) {
            if (!close_token(template, tokens, i, innermost, error))
                return false;
            innermost = tokens->items[innermost].inside;
            depth--;
        }
        token->inside = innermost;
        if (!opens(token->kind))
            continue;
        if (depth == MUSTACHE_MAX_SECTION_DEPTH)
            return mustache_fail(template, token->offset, error,
                                 "sections stand more than %d deep inside one another",
                                 MUSTACHE_MAX_SECTION_DEPTH);
        innermost = i;
        depth++;
    }
    if (innermost == MUSTACHE_NONE)
        return true;
    const struct mustache_token *open = &tokens->items[innermost];
    mustache_fail(template, open->offset, error, "\"%s\" is opened here and never closed",
                  open->name);
    return error_hint(error, "end it with a closing tag, as in {{/%s}}", open->name);
}

static struct mustache_node *add_node(struct mustache_template *template, enum mustache_kind kind,
                                      size_t offset)
{
    if (template->count == template->capacity) {
        template->capacity = template->capacity ? template->capacity * 2 : 64;
        template->nodes =
            memory_resize(template->nodes, template->capacity, sizeof *template->nodes);
    }
    struct mustache_node *node = &template->nodes[template->count++];
    *node = (struct mustache_node){.kind = kind, .offset = offset, .end = template->count};
    return node;
}

static void add_line(struct mustache_template *template, size_t offset, size_t length)
{
    struct mustache_node *line = add_node(template, MUSTACHE_LINE, offset);
    line->text = template->text + offset;
    line->length = length;
}

/* A line's text begins with a line node that holds its leading blanks. Blank lines have none, since
   indenting them would only add blanks. */
static void add_text(struct mustache_template *template, const struct mustache_tokens *tokens,
                     size_t index)
{
    const struct mustache_token *token = &tokens->items[index];
    size_t offset = token->offset;
    size_t length = token->length;
    bool blank_line = mustache_is_blank(template, token) && mustache_ends_line(template, token);
    if (mustache_begins_line(template, tokens, index) && !blank_line) {
        size_t blanks = strspn(template->text + offset, " \t");
        if (blanks > length)
            blanks = length;
        add_line(template, offset, blanks);
        offset += blanks;
        length -= blanks;
    }
    if (length == 0)
        return;
    struct mustache_node *text = add_node(template, MUSTACHE_TEXT, offset);
    text->text = template->text + offset;
    text->length = length;
}

/* The blanks before a tag that stands alone. */
static void set_indentation(const struct mustache_template *template,
                            const struct mustache_tokens *tokens, size_t index,
                            struct mustache_node *node)
{
    const struct mustache_token *token = &tokens->items[index];
    node->alone = token->alone;
    node->text = template->text + token->offset;
    if (token->alone && !mustache_begins_line(template, tokens, index)) {
        node->text = template->text + tokens->items[index - 1].offset;
        node->length = tokens->items[index - 1].length;
    }
}

/* The length of two indentations' common start. */
static size_t common_length(const char *one, size_t one_length, const char *other,
                            size_t other_length)
{
    size_t length = 0;
    while (length < one_length && length < other_length && one[length] == other[length])
        length++;
    return length;
}

/* The indentation that all lines of the block's content share. It is removed if they are rendered
   elsewhere, and added to content that replaces them. */
static void measure_block(struct mustache_template *template, struct mustache_node *block,
                          size_t first)
{
    const char *shared = NULL;
    size_t shared_length = 0;
    for (size_t i = first; i < block->end;) {
        const struct mustache_node *node = &template->nodes[i];
        if (node->kind == MUSTACHE_LINE || node->alone) {
            shared_length = shared ? common_length(shared, shared_length, node->text, node->length)
                                   : node->length;
            shared = shared ? shared : node->text;
        }
        /* A parent's arguments are not rendered here. */
        i = node->kind == MUSTACHE_PARENT ? node->end : i + 1;
    }
    if (!shared || !block->own_line)
        return;
    block->strip = shared_length;
    if (block->alone) {
        block->text = shared;
        block->length = shared_length;
    }
}

static void close_node(struct mustache_template *template, const struct mustache_tokens *tokens,
                       size_t index, size_t opened)
{
    struct mustache_node *node = &template->nodes[opened];
    node->end = template->count;
    if (node->kind != MUSTACHE_BLOCK)
        return;
    measure_block(template, node, opened + 1);
    if (index + 1 == tokens->count || !tokens->items[index + 1].dropped)
        return;
    const struct mustache_token *behind = &tokens->items[index + 1];
    const char *text = template->text + behind->offset;
    size_t blanks = strspn(text, " \t");
    node->line_end = text + blanks;
    node->line_end_length = blanks < behind->length ? behind->length - blanks : 0;
}

static struct mustache_node *add_tag(struct mustache_template *template,
                                     struct mustache_tokens *tokens, size_t index)
{
    struct mustache_token *token = &tokens->items[index];
    struct mustache_node *node = add_node(template, token->kind, token->offset);
    node->own_line = token->own_line;
    node->name = token->name;
    token->name = NULL;
    if (node->kind == MUSTACHE_PARTIAL || node->kind == MUSTACHE_PARENT ||
        node->kind == MUSTACHE_BLOCK)
        set_indentation(template, tokens, index, node);
    return node;
}

static void build_nodes(struct mustache_template *template, struct mustache_tokens *tokens)
{
    size_t open[MUSTACHE_MAX_SECTION_DEPTH] = {0};
    size_t depth = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct mustache_token *token = &tokens->items[i];
        if (token->kind == MUSTACHE_TEXT) {
            if (!token->dropped)
                add_text(template, tokens, i);
            continue;
        }
        if (mustache_begins_line(template, tokens, i) && !token->alone)
            add_line(template, token->offset, 0);
        if (token->kind == MUSTACHE_CLOSE) {
            close_node(template, tokens, i, open[--depth]);
        } else if (token->kind != MUSTACHE_COMMENT && token->kind != MUSTACHE_DELIMITERS) {
            add_tag(template, tokens, i);
            if (opens(token->kind))
                open[depth++] = template->count - 1;
        }
    }
}

bool mustache_parse(struct mustache_template *template, struct error *error)
{
    struct mustache_tokens tokens = {0};
    bool done = mustache_scan(template, &tokens, error) && pair_tokens(template, &tokens, error);
    if (done) {
        mustache_mark_lines(template, &tokens);
        build_nodes(template, &tokens);
    }
    mustache_tokens_free(&tokens);
    return done;
}
