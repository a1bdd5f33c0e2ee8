#include "model/source.h"

#include "base/buffer.h"

#include <string.h>

static bool has_label(const struct source *source, const char *label)
{
    for (size_t i = 0; i < source->label_count; i++) {
        if (strcmp(source->labels[i], label) == 0)
            return true;
    }
    return false;
}

static bool has_labels_of(const struct source *source, const struct source *other)
{
    for (size_t i = 0; i < other->label_count; i++) {
        if (!has_label(source, other->labels[i]))
            return false;
    }
    return true;
}

bool source_same_labels(const struct source *left, const struct source *right)
{
    return has_labels_of(left, right) && has_labels_of(right, left);
}

void source_append_labels(const struct source *source, struct buffer *out)
{
    for (size_t i = 0; i < source->label_count; i++)
        buffer_print(out, "%s%s", i > 0 ? ", " : "", source->labels[i]);
    if (source->label_count == 0)
        buffer_append_text(out, "(none)");
}
