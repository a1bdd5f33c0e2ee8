/* Renders a tree and data to text. */
#include "mustache/mustache.h"

#include "base/error.h"
#include "base/escape.h"
#include "mustache/tree.h"
#include "mustache/value.h"

#include <string.h>

/* A parent tag being rendered. Its blocks replace those of the template that it names. */
struct frame {
    const struct mustache_template *template;
    const struct mustache_node *parent;
    const struct frame *outer;
};

/* What changes from template to template. */
struct scope {
    const struct mustache_template *template;
    const struct frame *frame; /* innermost; NULL outside all parents */
    size_t indentation;        /* where this scope's part of the renderer's indentation begins */
    size_t strip;              /* bytes to remove from a line's own indentation */
};

struct renderer {
    struct scope scope;
    struct buffer
        indentation; /* all scopes' indentations joined; a scope's part reaches to the end */
    size_t depth;    /* partials and parents */
    size_t steps;
    struct buffer *out;
    size_t out_start; /* what `out` held before */
    struct error *error;
};

static bool render_nodes(struct renderer *renderer, const struct mustache_context *context,
                         size_t first, size_t end);

static bool check_limits(const struct renderer *renderer, const struct mustache_node *node,
                         size_t more_bytes)
{
    size_t written = renderer->out->length - renderer->out_start;
    if (written > MUSTACHE_MAX_OUTPUT_BYTES || more_bytes > MUSTACHE_MAX_OUTPUT_BYTES - written)
        return mustache_fail(renderer->scope.template, node->offset, renderer->error,
                             "the output grows beyond %d bytes here", MUSTACHE_MAX_OUTPUT_BYTES);
    if (renderer->steps > MUSTACHE_MAX_STEPS)
        return mustache_fail(renderer->scope.template, node->offset, renderer->error,
                             "rendering takes more than %d steps", MUSTACHE_MAX_STEPS);
    return true;
}

/* The blanks at the start of a line or before a tag, without what this scope strips. */
static const char *own_indentation(const struct renderer *renderer,
                                   const struct mustache_node *node, size_t *length)
{
    size_t stripped = renderer->scope.strip < node->length ? renderer->scope.strip : node->length;
    *length = node->length - stripped;
    return node->text + stripped;
}

static bool render_indentation(struct renderer *renderer, const struct mustache_node *node)
{
    size_t length;
    const char *own = own_indentation(renderer, node, &length);
    size_t from = renderer->scope.indentation;
    size_t inherited = renderer->indentation.length - from;
    if (!check_limits(renderer, node, inherited + length))
        return false;
    buffer_append(renderer->out, buffer_text(&renderer->indentation) + from, inherited);
    buffer_append(renderer->out, own, length);
    return true;
}

static bool render_text(struct renderer *renderer, const struct mustache_node *node)
{
    if (!check_limits(renderer, node, node->length))
        return false;
    buffer_append(renderer->out, node->text, node->length);
    return true;
}

static bool render_variable(struct renderer *renderer, const struct mustache_context *context,
                            const struct mustache_node *node)
{
    struct mustache_number number;
    size_t length;
    struct json_object *value = mustache_look_up(context, node->name, &renderer->steps);
    const char *text = mustache_value_text(value, &number, &length);
    if (!check_limits(renderer, node, length))
        return false;
    escape_append_bytes(node->kind == MUSTACHE_UNESCAPED ? ESCAPE_NONE : ESCAPE_HTML_TEXT, text,
                        length, renderer->out);
    return check_limits(renderer, node, 0);
}

static bool render_section(struct renderer *renderer, const struct mustache_context *context,
                           const struct mustache_node *node)
{
    size_t first = (size_t)(node - renderer->scope.template->nodes) + 1;
    struct json_object *value = mustache_look_up(context, node->name, &renderer->steps);
    bool holds = mustache_holds(value);
    if (node->kind == MUSTACHE_INVERTED)
        return holds || render_nodes(renderer, context, first, node->end);
    if (!holds)
        return true;

    struct mustache_context inner = {.value = value, .outer = context};
    long turns = mustache_list_length(value);
    if (turns < 0)
        return render_nodes(renderer, &inner, first, node->end);
    for (long turn = 0; turn < turns; turn++) {
        renderer->steps++;
        inner.value = mustache_list_item(value, (size_t)turn);
        if (!check_limits(renderer, node, 0) || !render_nodes(renderer, &inner, first, node->end))
            return false;
    }
    return true;
}

/* Enters the nodes to which the tag `node` expands. A tag that stands alone indents them; within a
   line nothing is indented. leave() undoes it. */
static struct scope enter(struct renderer *renderer, const struct mustache_node *node,
                          const struct scope *inner)
{
    struct scope before = renderer->scope;
    size_t indentation = renderer->indentation.length;
    if (node->alone) {
        size_t length;
        const char *own = own_indentation(renderer, node, &length);
        buffer_append(&renderer->indentation, own, length);
        indentation = before.indentation;
    }
    renderer->scope = *inner;
    renderer->scope.indentation = indentation;
    return before;
}

static void leave(struct renderer *renderer, struct scope before, size_t indentation_length)
{
    renderer->indentation.length = indentation_length;
    renderer->scope = before;
}

/* Renders the template that a partial or parent tag names. */
static bool render_target(struct renderer *renderer, const struct mustache_context *context,
                          const struct mustache_node *node)
{
    const struct mustache_template *target = node->target;
    if (renderer->depth == MUSTACHE_MAX_PARTIAL_DEPTH) {
        mustache_fail(renderer->scope.template, node->offset, renderer->error,
                      "templates include one another more than %d deep",
                      MUSTACHE_MAX_PARTIAL_DEPTH);
        return error_hint(renderer->error, "\"%s\" may include itself without end", node->name);
    }
    struct frame frame = {renderer->scope.template, node, renderer->scope.frame};
    struct scope inner = {.template = target,
                          .frame = node->kind == MUSTACHE_PARENT ? &frame : frame.outer};
    size_t indentation_length = renderer->indentation.length;
    struct scope before = enter(renderer, node, &inner);
    renderer->depth++;
    bool done = render_nodes(renderer, context, 0, target->count);
    renderer->depth--;
    leave(renderer, before, indentation_length);
    return done;
}

/* The parent's own block of that name. */
static const struct mustache_node *find_in_frame(struct renderer *renderer,
                                                 const struct frame *frame, const char *name)
{
    const struct mustache_node *nodes = frame->template->nodes;
    for (size_t i = (size_t)(frame->parent - nodes) + 1; i < frame->parent->end; i = nodes[i].end) {
        renderer->steps++;
        if (nodes[i].kind == MUSTACHE_BLOCK && strcmp(nodes[i].name, name) == 0)
            return &nodes[i];
    }
    return NULL;
}

/* The content that replaces the block, with the frame it comes from. The outermost frame wins: a
   template overrides what its parents override. */
static const struct mustache_node *find_argument(struct renderer *renderer, const char *name,
                                                 const struct frame **found_in)
{
    const struct mustache_node *argument = NULL;
    for (const struct frame *frame = renderer->scope.frame; frame; frame = frame->outer) {
        const struct mustache_node *block = find_in_frame(renderer, frame, name);
        if (block) {
            argument = block;
            *found_in = frame;
        }
    }
    return argument;
}

/* Renders the content of `argument` in place of `block`. Blocks in it are looked up in the frame
   where it was written, which is further out. So a block that overrides itself ends. */
static bool render_argument(struct renderer *renderer, const struct mustache_context *context,
                            const struct mustache_node *block, const struct mustache_node *argument,
                            const struct frame *frame)
{
    const struct scope inner = {
        .template = frame->template, .frame = frame->outer, .strip = argument->strip};
    size_t first = (size_t)(argument - frame->template->nodes) + 1;
    size_t indentation_length = renderer->indentation.length;
    struct scope before = enter(renderer, block, &inner);
    bool done = render_nodes(renderer, context, first, argument->end);
    leave(renderer, before, indentation_length);
    return done;
}

/* Adds the indentation before content that begins within the block's line, and a line end after
   content without one. Adds both only if there is content. */
static bool render_block(struct renderer *renderer, const struct mustache_context *context,
                         const struct mustache_node *node)
{
    const struct frame *frame = NULL;
    const struct mustache_node *argument = find_argument(renderer, node->name, &frame);
    const struct mustache_node *content = argument ? argument : node;
    size_t before = renderer->out->length;
    if (node->alone && !content->own_line && !render_indentation(renderer, node))
        return false;
    size_t indented = renderer->out->length;

    size_t first = (size_t)(node - renderer->scope.template->nodes) + 1;
    bool done = argument ? render_argument(renderer, context, node, argument, frame)
                         : render_nodes(renderer, context, first, node->end);
    if (!done)
        return false;
    if (renderer->out->length == indented)
        renderer->out->length = before;
    else if (node->line_end && renderer->out->bytes[renderer->out->length - 1] != '\n')
        buffer_append(renderer->out, node->line_end, node->line_end_length);
    return check_limits(renderer, node, 0);
}

static bool render_node(struct renderer *renderer, const struct mustache_context *context,
                        const struct mustache_node *node)
{
    switch (node->kind) {
    case MUSTACHE_TEXT:
        return render_text(renderer, node);
    case MUSTACHE_LINE:
        return render_indentation(renderer, node);
    case MUSTACHE_VARIABLE:
    case MUSTACHE_UNESCAPED:
        return render_variable(renderer, context, node);
    case MUSTACHE_SECTION:
    case MUSTACHE_INVERTED:
        return render_section(renderer, context, node);
    case MUSTACHE_PARTIAL:
    case MUSTACHE_PARENT:
        return render_target(renderer, context, node);
    case MUSTACHE_BLOCK:
        return render_block(renderer, context, node);
    case MUSTACHE_COMMENT:
    case MUSTACHE_DELIMITERS:
    case MUSTACHE_CLOSE:
        break;
    }
    return true;
}

/* Recursion ends: sections nest at most MUSTACHE_MAX_SECTION_DEPTH deep in a template, templates
   include one another at most MUSTACHE_MAX_PARTIAL_DEPTH deep, and each argument leaves one of
   their frames. */
static bool render_nodes(struct renderer *renderer, const struct mustache_context *context,
                         size_t first, size_t end)
{
    const struct mustache_node *nodes = renderer->scope.template->nodes;
    for (size_t i = first; i < end; i = nodes[i].end) {
        renderer->steps++;
        if (!check_limits(renderer, &nodes[i], 0) || !render_node(renderer, context, &nodes[i]))
            return false;
    }
    return true;
}

bool mustache_render(struct mustache_set *set, const char *name, struct json_object *data,
                     struct buffer *out, struct error *error)
{
    const struct mustache_template *template = mustache_set_resolve(set, name, error);
    if (!template)
        return false;
    struct renderer renderer = {
        .scope = {.template = template}, .out = out, .out_start = out->length, .error = error};
    struct mustache_context context = {.value = data};
    bool done = render_nodes(&renderer, &context, 0, template->count);
    buffer_free(&renderer.indentation);
    if (!done)
        out->length = renderer.out_start;
    if (out->bytes)
        out->bytes[out->length] = '\0';
    return done;
}
