/* A template in its two forms: the tokens it is cut into, and the tree of nodes that is rendered.
   Private to the template engine. */
#ifndef ROLLCALL_MUSTACHE_TREE_H
#define ROLLCALL_MUSTACHE_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct mustache_set;

enum mustache_kind {
    MUSTACHE_TEXT,
    MUSTACHE_LINE,       /* node only: a line of text begins, where indentation goes */
    MUSTACHE_COMMENT,    /* token only */
    MUSTACHE_DELIMITERS, /* token only */
    MUSTACHE_VARIABLE,
    MUSTACHE_UNESCAPED,
    MUSTACHE_PARTIAL,
    MUSTACHE_SECTION,
    MUSTACHE_INVERTED,
    MUSTACHE_PARENT,
    MUSTACHE_BLOCK,
    MUSTACHE_CLOSE /* token only */
};

/* The index of no token. */
#define MUSTACHE_NONE ((size_t)-1)

/* A tag, or the text up to the next tag or line end. Every byte of a template is in one token. */
struct mustache_token {
    enum mustache_kind kind;
    size_t offset; /* in the template's text */
    size_t length;
    char *name;     /* owned; NULL where the kind has none */
    size_t partner; /* the closing token of an opening one, and the reverse */
    size_t inside;  /* the innermost token open around this one */
    bool dropped;   /* text: blanks beside a tag that stands alone, not rendered */
    bool alone;     /* tag: no other text of its line is rendered */
    bool own_line;  /* block: its content begins on the line after it */
};

struct mustache_tokens {
    struct mustache_token *items;
    size_t count;
    size_t capacity;
};

/* Nodes stand in the order of the text, children behind their parent. */
struct mustache_node {
    enum mustache_kind kind;
    bool alone;    /* partial, parent, block: `text` indents what it expands to */
    bool own_line; /* block: its content begins with a line of its own */
    size_t offset; /* of the tag in the template's text */
    size_t end;    /* the index behind the last child */
    char *name;    /* owned; NULL where the kind has none */
    /* The text, a line's leading blanks, or the indentation; points into the template's text. */
    const char *text;
    size_t length;
    size_t strip;         /* block: bytes of indentation that its lines share */
    const char *line_end; /* block: the line end after it, which its content may lack */
    size_t line_end_length;
    const struct mustache_template *target; /* partial, parent: borrowed */
};

struct mustache_template {
    char *name;
    char *path; /* for error messages */
    char *text;
    size_t length;
    bool absent;   /* no loader has it: it renders as nothing */
    bool resolved; /* the targets of its nodes are set */
    struct mustache_node *nodes;
    size_t count;
    size_t capacity;
};

/* Records "path:line:column: …" for the byte at `offset`. Always returns false. */
bool mustache_fail(const struct mustache_template *template, size_t offset, struct error *error,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Puts "path:line:column: " before a failure already recorded. Always returns false. */
bool mustache_fail_at(const struct mustache_template *template, size_t offset, struct error *error);

/* The line of the byte at `offset`, from 1. */
size_t mustache_line_number(const struct mustache_template *template, size_t offset);

/* Cuts the template's text into tokens. The caller frees them, even after a failure. */
bool mustache_scan(const struct mustache_template *template, struct mustache_tokens *tokens,
                   struct error *error);

void mustache_tokens_free(struct mustache_tokens *tokens);

/* Marks the blanks and line ends that disappear with standalone tags. The tokens are paired
   already. */
void mustache_mark_lines(const struct mustache_template *template, struct mustache_tokens *tokens);

/* Whether the token is the first of its line. */
bool mustache_begins_line(const struct mustache_template *template,
                          const struct mustache_tokens *tokens, size_t index);

/* Whether the text token consists of spaces, tabs and a line end at most. */
bool mustache_is_blank(const struct mustache_template *template,
                       const struct mustache_token *token);

/* Whether the text token ends its line. */
bool mustache_ends_line(const struct mustache_template *template,
                        const struct mustache_token *token);

/* Makes the nodes from the template's text. */
bool mustache_parse(struct mustache_template *template, struct error *error);

/* The template `name` with all that it includes loaded and its targets set; NULL on failure. The
   set owns it. */
const struct mustache_template *mustache_set_resolve(struct mustache_set *set, const char *name,
                                                     struct error *error);

#endif
