/* Finds the blanks and line ends that disappear with a tag that stands alone on its line. */
#include "mustache/tree.h"

#include <string.h>

bool mustache_ends_line(const struct mustache_template *template,
                        const struct mustache_token *token)
{
    return token->kind == MUSTACHE_TEXT &&
           template->text[token->offset + token->length - 1] == '\n';
}

bool mustache_is_blank(const struct mustache_template *template, const struct mustache_token *token)
{
    for (size_t i = 0; token->kind == MUSTACHE_TEXT && i < token->length; i++) {
        if (!strchr(" \t\r\n", template->text[token->offset + i]))
            return false;
    }
    return token->kind == MUSTACHE_TEXT;
}

bool mustache_begins_line(const struct mustache_template *template,
                          const struct mustache_tokens *tokens, size_t index)
{
    return index == 0 || mustache_ends_line(template, &tokens->items[index - 1]);
}

/* Whether only blanks stand before the tag on its line. */
static bool blank_before(const struct mustache_template *template,
                         const struct mustache_tokens *tokens, size_t index)
{
    return mustache_begins_line(template, tokens, index) ||
           (mustache_is_blank(template, &tokens->items[index - 1]) &&
            mustache_begins_line(template, tokens, index - 1));
}

/* Whether only blanks and the end of the line or template follow the tag. */
static bool blank_after(const struct mustache_template *template,
                        const struct mustache_tokens *tokens, size_t index)
{
    if (index + 1 == tokens->count)
        return true;
    const struct mustache_token *next = &tokens->items[index + 1];
    return mustache_is_blank(template, next) &&
           (mustache_ends_line(template, next) || index + 2 == tokens->count);
}

/* Drops the blanks that blank_before() found. */
static void take_before(const struct mustache_template *template, struct mustache_tokens *tokens,
                        size_t index)
{
    tokens->items[index].alone = true;
    if (!mustache_begins_line(template, tokens, index))
        tokens->items[index - 1].dropped = true;
}

/* Drops the blanks and the line end that blank_after() found. */
static void take_after(struct mustache_tokens *tokens, size_t index)
{
    if (index + 1 < tokens->count)
        tokens->items[index + 1].dropped = true;
}

static void mark_tag(const struct mustache_template *template, struct mustache_tokens *tokens,
                     size_t index)
{
    if (!blank_before(template, tokens, index) || !blank_after(template, tokens, index))
        return;
    take_before(template, tokens, index);
    take_after(tokens, index);
}

/* The content between a parent's tags is not rendered there, so both tags count as one. */
static void mark_parent(const struct mustache_template *template, struct mustache_tokens *tokens,
                        size_t open)
{
    size_t close = tokens->items[open].partner;
    if (!blank_before(template, tokens, open) || !blank_after(template, tokens, close))
        return;
    take_before(template, tokens, open);
    take_after(tokens, close);
}

/* If a block is a parent's argument, only its content counts. Any other block is also a place in
   its template. It stands alone if its content has lines of its own, or if the whole block is alone
   on one line. */
static void mark_block(const struct mustache_template *template, struct mustache_tokens *tokens,
                       size_t open)
{
    struct mustache_token *block = &tokens->items[open];
    size_t close = block->partner;
    bool argument =
        block->inside != MUSTACHE_NONE && tokens->items[block->inside].kind == MUSTACHE_PARENT;
    bool first = blank_before(template, tokens, open);
    bool last = blank_after(template, tokens, close);
    bool content_ends_line = blank_before(template, tokens, close) && (argument || last);

    block->own_line = blank_after(template, tokens, open) && (argument || first);
    bool alone = !argument && first && (block->own_line || last);
    if (block->own_line)
        take_after(tokens, open);
    if (content_ends_line)
        take_before(template, tokens, close);
    if (alone)
        take_before(template, tokens, open);
    if (!argument && last && (alone || content_ends_line))
        take_after(tokens, close);
}

void mustache_mark_lines(const struct mustache_template *template, struct mustache_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        enum mustache_kind kind = tokens->items[i].kind;
        bool closes = kind == MUSTACHE_CLOSE;
        if (closes)
            kind = tokens->items[tokens->items[i].partner].kind;
        switch (kind) {
        case MUSTACHE_COMMENT:
        case MUSTACHE_DELIMITERS:
        case MUSTACHE_PARTIAL:
        case MUSTACHE_SECTION:
        case MUSTACHE_INVERTED:
            mark_tag(template, tokens, i);
            break;
        case MUSTACHE_PARENT:
            if (!closes)
                mark_parent(template, tokens, i);
            break;
        case MUSTACHE_BLOCK:
            if (!closes)
                mark_block(template, tokens, i);
            break;
        default:
            break;
        }
    }
}
