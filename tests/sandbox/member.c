#include "member.h"

#include <string.h>

/* From the opening quote to just after the closing one. */
static const char *skip_string(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : at;
}

/* To the comma or brace that ends the value. */
static const char *skip_value(const char *at)
{
    int depth = 0;
    while (*at) {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        if (depth == 0 && (*at == ',' || *at == '}'))
            break;
        if (*at == '{' || *at == '[')
            depth++;
        else if (*at == '}' || *at == ']')
            depth--;
        at++;
    }
    return at;
}

bool member_next(const char **at, struct member *member)
{
    const char *start = *at + strspn(*at, " \t\r\n{,");
    if (*start != '"')
        return false;
    const char *behind_key = skip_string(start);
    const char *end = skip_value(behind_key);
    *member = (struct member){
        .text = start,
        .length = (size_t)(end - start),
        .key = start + 1,
        .key_length = (size_t)(behind_key - start) - 2,
    };
    *at = end;
    return true;
}

bool member_is(const struct member *member, const char *key)
{
    return strlen(key) == member->key_length && memcmp(member->key, key, member->key_length) == 0;
}
