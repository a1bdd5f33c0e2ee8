/* Cuts a template into tags and texts. */
#include "mustache/tree.h"

#include "base/error.h"
#include "base/memory.h"
#include "mustache/mustache.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scanner {
    const struct mustache_template *template;
    struct mustache_tokens *tokens;
    struct error *error;
    size_t at;          /* the next byte to look at */
    char *open, *close; /* the delimiters in force */
};

size_t mustache_line_number(const struct mustache_template *template, size_t offset)
{
    size_t line = 1;
    for (size_t at = 0; at < offset; at++)
        line += template->text[at] == '\n';
    return line;
}

static size_t column_number(const struct mustache_template *template, size_t offset)
{
    size_t column = 1;
    for (size_t at = offset; at > 0 && template->text[at - 1] != '\n'; at--)
        column += ((unsigned char)template->text[at - 1] & 0xC0) != 0x80;
    return column;
}

bool mustache_fail_at(const struct mustache_template *template, size_t offset, struct error *error)
{
    return error_at(error, "%s:%zu:%zu", template->path, mustache_line_number(template, offset),
                    column_number(template, offset));
}

bool mustache_fail(const struct mustache_template *template, size_t offset, struct error *error,
                   const char *format, ...)
{
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_set(error, EXIT_WRONG_USE, "%s", message);
    return mustache_fail_at(template, offset, error);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Takes blanks off both ends. */
static void trim(const char **bytes, size_t *length)
{
    while (*length > 0 && is_space(**bytes)) {
        (*bytes)++;
        (*length)--;
    }
    while (*length > 0 && is_space((*bytes)[*length - 1]))
        (*length)--;
}

/* Takes the next `length` bytes as a token; NULL if there are too many already. */
static struct mustache_token *add_token(struct scanner *scanner, enum mustache_kind kind,
                                        size_t length)
{
    struct mustache_tokens *tokens = scanner->tokens;
    if (tokens->count == MUSTACHE_MAX_PIECES) {
        mustache_fail(scanner->template, scanner->at, scanner->error, "more than %d tags and lines",
                      MUSTACHE_MAX_PIECES);
        return NULL;
    }
    if (tokens->count == tokens->capacity) {
        tokens->capacity = tokens->capacity ? tokens->capacity * 2 : 64;
        tokens->items = memory_resize(tokens->items, tokens->capacity, sizeof *tokens->items);
    }
    struct mustache_token *token = &tokens->items[tokens->count++];
    *token = (struct mustache_token){.kind = kind,
                                     .offset = scanner->at,
                                     .length = length,
                                     .partner = MUSTACHE_NONE,
                                     .inside = MUSTACHE_NONE};
    scanner->at += length;
    return token;
}

/* The text from here to `end`, one token a line. */
static bool scan_text(struct scanner *scanner, size_t end)
{
    while (scanner->at < end) {
        const char *from = scanner->template->text + scanner->at;
        size_t length = end - scanner->at;
        const char *line_end = memchr(from, '\n', length);
        if (line_end)
            length = (size_t)(line_end - from) + 1;
        if (!add_token(scanner, MUSTACHE_TEXT, length))
            return false;
    }
    return true;
}

/* A name is one word. Anything more in a tag is a mistake, which would render as nothing. */
static bool check_name(const struct scanner *scanner, const char *name, size_t length)
{
    if (length == 0)
        return mustache_fail(scanner->template, scanner->at, scanner->error, "the tag has no name");
    if (length > MUSTACHE_MAX_NAME_BYTES)
        return mustache_fail(scanner->template, scanner->at, scanner->error,
                             "the tag's name is longer than %d bytes", MUSTACHE_MAX_NAME_BYTES);
    for (size_t i = 0; i < length; i++) {
        if (is_space(name[i]))
            return mustache_fail(scanner->template, scanner->at, scanner->error,
                                 "the tag's name holds a space");
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7F)
            return mustache_fail(scanner->template, scanner->at, scanner->error,
                                 "the tag's name holds a control character");
    }
    return true;
}

/* A dotted name without empty parts, unless it is the dot alone. */
static bool check_path(const struct scanner *scanner, const char *name, size_t length)
{
    bool part_empty = true;
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '.' && part_empty)
            break;
        part_empty = name[i] == '.';
    }
    if (!part_empty || (length == 1 && name[0] == '.'))
        return true;
    return mustache_fail(scanner->template, scanner->at, scanner->error,
                         "\"%.*s\" has an empty part between its dots", (int)length, name);
}

/* The kind of tag, from the character after the opening delimiter; a variable has no such
   character. */
static enum mustache_kind kind_of(char sigil)
{
    switch (sigil) {
    case '!':
        return MUSTACHE_COMMENT;
    case '=':
        return MUSTACHE_DELIMITERS;
    case '{':
    case '&':
        return MUSTACHE_UNESCAPED;
    case '>':
        return MUSTACHE_PARTIAL;
    case '#':
        return MUSTACHE_SECTION;
    case '^':
        return MUSTACHE_INVERTED;
    case '<':
        return MUSTACHE_PARENT;
    case '$':
        return MUSTACHE_BLOCK;
    case '/':
        return MUSTACHE_CLOSE;
    default:
        return MUSTACHE_VARIABLE;
    }
}

static bool is_delimiter(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '=' || (unsigned char)bytes[i] <= ' ' || bytes[i] == 0x7F)
            return false;
    }
    return true;
}

/* Takes two words as the new delimiters. */
static bool set_delimiters(struct scanner *scanner, const char *content, size_t length)
{
    trim(&content, &length);
    size_t open_length = 0;
    while (open_length < length && !is_space(content[open_length]))
        open_length++;
    const char *close = content + open_length;
    size_t close_length = length - open_length;
    trim(&close, &close_length);

    bool valid = open_length > 0 && open_length <= MUSTACHE_MAX_DELIMITER_BYTES &&
                 close_length > 0 && close_length <= MUSTACHE_MAX_DELIMITER_BYTES &&
                 is_delimiter(content, open_length) && is_delimiter(close, close_length);
    if (!valid)
        return mustache_fail(scanner->template, scanner->at, scanner->error,
                             "delimiters are two short words without \"=\", as in {{=<%% %%>=}}");
    free(scanner->open);
    free(scanner->close);
    scanner->open = memory_copy_bytes(content, open_length);
    scanner->close = memory_copy_bytes(close, close_length);
    return true;
}

/* The end of the tag's content: before its closing delimiter and, unless it is NUL, the character
   `before_close` before that. Records an error and returns NULL if the tag is not closed. */
static const char *find_close(const struct scanner *scanner, const char *content, char before_close,
                              enum mustache_kind kind)
{
    char sequence[MUSTACHE_MAX_DELIMITER_BYTES + 2];
    const char prefix[] = {before_close, '\0'};
    snprintf(sequence, sizeof sequence, "%s%s", prefix, scanner->close);
    const char *end = strstr(content, sequence);
    const char *next_open = strstr(content, scanner->open);
    bool may_hold_open = kind == MUSTACHE_COMMENT || kind == MUSTACHE_DELIMITERS;
    bool runs_on = !may_hold_open && next_open && next_open < end;
    if (end && !runs_on)
        return end;
    mustache_fail(scanner->template, scanner->at, scanner->error, "the tag is not closed by %s",
                  sequence);
    return NULL;
}

/* Scans the tag at the scanner's place. */
static bool scan_tag(struct scanner *scanner)
{
    const char *start = scanner->template->text + scanner->at;
    const char *content = start + strlen(scanner->open);
    while (is_space(*content))
        content++;
    enum mustache_kind kind = kind_of(*content);
    char before_close = '\0';
    if (kind == MUSTACHE_DELIMITERS)
        before_close = '=';
    else if (*content == '{')
        before_close = '}';
    if (kind != MUSTACHE_VARIABLE)
        content++;

    const char *end = find_close(scanner, content, before_close, kind);
    if (!end)
        return false;
    size_t tag_length = (size_t)(end - start) + (before_close != '\0') + strlen(scanner->close);
    size_t length = (size_t)(end - content);
    if (kind == MUSTACHE_DELIMITERS && !set_delimiters(scanner, content, length))
        return false;
    if (kind == MUSTACHE_COMMENT || kind == MUSTACHE_DELIMITERS)
        return add_token(scanner, kind, tag_length) != NULL;

    trim(&content, &length);
    if (!check_name(scanner, content, length))
        return false;
    bool looks_up = kind == MUSTACHE_VARIABLE || kind == MUSTACHE_UNESCAPED ||
                    kind == MUSTACHE_SECTION || kind == MUSTACHE_INVERTED;
    if (looks_up && !check_path(scanner, content, length))
        return false;
    struct mustache_token *token = add_token(scanner, kind, tag_length);
    if (!token)
        return false;
    token->name = memory_copy_bytes(content, length);
    return true;
}

bool mustache_scan(const struct mustache_template *template, struct mustache_tokens *tokens,
                   struct error *error)
{
    struct scanner scanner = {.template = template,
                              .tokens = tokens,
                              .error = error,
                              .open = memory_copy_text("{{"),
                              .close = memory_copy_text("}}")};
    bool done = true;
    while (done && scanner.at < template->length) {
        const char *tag = strstr(template->text + scanner.at, scanner.open);
        size_t text_end = tag ? (size_t)(tag - template->text) : template->length;
        done = scan_text(&scanner, text_end);
        if (done && tag)
            done = scan_tag(&scanner);
    }
    free(scanner.open);
    free(scanner.close);
    return done;
}

void mustache_tokens_free(struct mustache_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        free(tokens->items[i].name);
    free(tokens->items);
    *tokens = (struct mustache_tokens){0};
}
