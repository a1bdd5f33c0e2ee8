#include "echo.h"

#include "base/base64.h"
#include "base/escape.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char *header_of(struct MHD_Connection *connection, const char *name)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

static const char *basic_of(struct MHD_Connection *connection)
{
    static const char scheme[] = "Basic ";
    const char *header = header_of(connection, MHD_HTTP_HEADER_AUTHORIZATION);
    return strncmp(header, scheme, strlen(scheme)) == 0 ? header + strlen(scheme) : "";
}

/* The variable's value, which the caller frees; NULL if there is no such variable. */
static char *value_of(struct MHD_Connection *connection, const char *name, size_t length)
{
    const char *basic = basic_of(connection);
    struct buffer both = {0};
    base64_decode(basic, strlen(basic), &both);
    const char *auth = buffer_text(&both);
    const char *colon = auth + strcspn(auth, ":");
    char *key = memory_copy_bytes(auth, (size_t)(colon - auth));
    const struct {
        const char *name;
        const char *value;
    } variables[] = {
        {"key", key},
        {"secret", *colon ? colon + 1 : ""},
        {"auth", auth},
        {"basic", basic},
        {"host", header_of(connection, MHD_HTTP_HEADER_HOST)},
        {"empty", ""},
    };
    char *value = NULL;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        if (strlen(variables[i].name) == length && strncmp(variables[i].name, name, length) == 0)
            value = memory_copy_text(variables[i].value);
    }
    free(key);
    buffer_free(&both);
    return value;
}

/* Fills in the variable at the beginning of the text. Returns the length of its name with braces, 0
   if there is none. */
static size_t append_variable(struct MHD_Connection *connection, const char *text,
                              struct buffer *out)
{
    const char *name = text + 1;
    bool is_encoded = *name == '%';
    name += is_encoded;
    size_t length = strcspn(name, "}");
    char *value = name[length] ? value_of(connection, name, length) : NULL;
    if (!value)
        return 0;
    escape_append(is_encoded ? ESCAPE_URL_COMPONENT : ESCAPE_NONE, value, out);
    free(value);
    return (size_t)(name + length + 1 - text);
}

void echo_append(struct MHD_Connection *connection, const char *text, struct buffer *out)
{
    while (*text) {
        size_t length = *text == '{' ? append_variable(connection, text, out) : 0;
        if (length == 0)
            buffer_append_char(out, *text);
        text += length > 0 ? length : 1;
    }
}
