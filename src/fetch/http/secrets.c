#include "fetch/http/secrets.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/shown.h"
#include "fetch/http/secret_form.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void forget(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

static void forget_buffer(struct buffer *buffer)
{
    if (buffer->bytes)
        explicit_bzero(buffer->bytes, buffer->capacity);
    buffer_free(buffer);
}

static bool has(const struct secrets *secrets, const char *text)
{
    for (size_t i = 0; i < secrets->count; i++) {
        if (strcmp(secrets->items[i].text, text) == 0)
            return true;
    }
    return false;
}

/* Takes the text. */
static void take_secret(struct secrets *secrets, char *text, bool has_before, bool has_behind)
{
    if (strlen(text) < SECRET_BYTES_MIN || has(secrets, text)) {
        forget(text);
        return;
    }
    secrets->items = memory_resize(secrets->items, secrets->count + 1, sizeof *secrets->items);
    secrets->items[secrets->count++] = (struct secret){text, has_before, has_behind};
}

/* Some servers keep only the printable ASCII of what they repeat. */
static char *copy_ascii(const char *text)
{
    char *copy = memory_copy_text(text);
    char *end = copy;
    for (const char *c = text; *c; c++) {
        if (*c >= 0x20 && *c < 0x7F)
            *end++ = *c;
    }
    *end = '\0';
    return copy;
}

/* A message is shown without the characters that cannot be shown, see livedesk_server_message. */
static char *copy_shown(const char *text)
{
    struct buffer shown = {0};
    shown_append(text, strlen(text), &shown);
    return buffer_take(&shown);
}

/* In base64 a text looks different with one or two bytes before it in a group of three. The
   characters that it shares with its neighbours may be any; they are hidden with it. */
static void add_base64(struct secrets *secrets, const char *text)
{
    size_t length = strlen(text);
    for (size_t shift = 0; shift < 3; shift++) {
        struct buffer shifted = {0};
        struct buffer encoded = {0};
        buffer_append(&shifted, "\0\0", shift);
        buffer_append(&shifted, text, length);
        base64_encode(shifted.bytes, shifted.length, &encoded);
        size_t first = shift == 0 ? 0 : shift + 1;
        size_t end = shifted.length * 8 / 6;
        if (end > first)
            take_secret(secrets, memory_copy_bytes(encoded.bytes + first, end - first), shift > 0,
                        shifted.length % 3 > 0);
        forget_buffer(&shifted);
        forget_buffer(&encoded);
    }
}

static void add_text(struct secrets *secrets, const char *text)
{
    take_secret(secrets, memory_copy_text(text), false, false);
    take_secret(secrets, copy_ascii(text), false, false);
    take_secret(secrets, copy_shown(text), false, false);
    add_base64(secrets, text);
}

void secrets_add(struct secrets *secrets, const char *name, const char *password)
{
    char *both = memory_print("%s:%s", name, password);
    if (!has(secrets, both)) {
        add_text(secrets, both);
        add_text(secrets, password);
        add_text(secrets, name);
    }
    forget(both);
}

/* Splits at the first colon. */
static void add_both(struct secrets *secrets, const char *text)
{
    size_t length = strcspn(text, ":");
    char *name = memory_copy_bytes(text, length);
    secrets_add(secrets, name, text[length] ? text + length + 1 : "");
    forget(name);
}

void secrets_add_proxy(struct secrets *secrets, const char *proxy)
{
    /* The last one, as libcurl quotes what it cannot read, and a password may hold anything. */
    const char *at_sign = proxy ? strrchr(proxy, '@') : NULL;
    if (!at_sign)
        return;
    const char *authority = strstr(proxy, "://");
    const char *start = authority && authority < at_sign ? authority + 3 : proxy;
    char *both = memory_copy_bytes(start, (size_t)(at_sign - start));
    add_both(secrets, both);
    forget(both);
}

void secrets_add_sent(struct secrets *secrets, const char *headers, size_t length)
{
    static const char scheme[] = "Authorization: Basic ";
    const size_t scheme_length = sizeof scheme - 1;
    for (size_t at = 0; at + scheme_length < length; at++) {
        if (strncasecmp(headers + at, scheme, scheme_length) != 0) /* HTTP/2 has small letters */
            continue;
        struct buffer both = {0};
        at += scheme_length;
        base64_decode(headers + at, length - at, &both);
        add_both(secrets, buffer_text(&both));
        forget_buffer(&both);
    }
}

/* How many bytes of the text are to be hidden; `found` gets the secret that they say. */
static size_t find(const struct secrets *secrets, const char *text, const struct secret **found)
{
    size_t most = 0;
    for (size_t i = 0; i < secrets->count; i++) {
        size_t bytes = secret_form_bytes(text, secrets->items[i].text);
        if (bytes > most) {
            most = bytes;
            *found = &secrets->items[i];
        }
    }
    return most;
}

void secrets_append_hidden(const struct secrets *secrets, const char *text, struct buffer *out)
{
    static const char instead[] = "[hidden]";
    size_t fixed = out->length; /* so much of what is written stays */
    while (*text) {
        const struct secret *secret;
        size_t bytes = find(secrets, text, &secret);
        if (bytes == 0) {
            buffer_append_char(out, *text++);
            continue;
        }
        if (secret->has_before && out->length > fixed)
            out->length--;
        buffer_append_text(out, instead);
        fixed = out->length;
        text += bytes;
        if (secret->has_behind && base64_has(*text))
            text += 1 + strspn(text + 1, "=");
    }
}

void secrets_free(struct secrets *secrets)
{
    for (size_t i = 0; i < secrets->count; i++)
        forget(secrets->items[i].text);
    free(secrets->items);
    *secrets = (struct secrets){0};
}
