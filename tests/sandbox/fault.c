#include "fault.h"

#include "base/memory.h"
#include "number.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 1000000,
    WAIT_MS_MAX = 3600000,
    RETRY_AFTER_MAX = 1000000,
};

struct fault_kind {
    const char *name;
    const char *examples; /* examples of the text after the name, one a line: tests try them all */
    /* Parses the text after the name, "" if there is none. */
    bool (*parse)(const char *arguments, struct fault *fault, struct error *error);
    void (*apply)(const struct fault *fault, struct plan *plan);
};

static bool parse_nothing(const char *arguments, struct fault *fault, struct error *error)
{
    (void)fault;
    if (*arguments)
        return error_set(error, EXIT_WRONG_USE, "takes nothing more, not \"%.40s\"", arguments);
    return true;
}

static bool parse_bytes(const char *arguments, struct fault *fault, struct error *error)
{
    return number_parse(arguments, 0, INT32_MAX, &fault->number, error);
}

static bool parse_depth(const char *arguments, struct fault *fault, struct error *error)
{
    return number_parse(arguments, 1, DEPTH_MAX, &fault->number, error);
}

static bool parse_wait(const char *arguments, struct fault *fault, struct error *error)
{
    return number_parse(arguments, 1, WAIT_MS_MAX, &fault->number, error);
}

/* Reads the number at the start of the words and skips the blanks after it. */
static bool take_number(const char **words, uint64_t high, uint64_t *number, struct error *error)
{
    size_t length = strcspn(*words, " ");
    char *word = memory_copy_bytes(*words, length);
    bool ok = number_parse(word, 0, high, number, error);
    free(word);
    *words += length;
    *words += strspn(*words, " ");
    return ok;
}

/* CODE [retry-after=SECONDS|retry-after=date+SECONDS] [body=TEXT …] */
static bool parse_status(const char *arguments, struct fault *fault, struct error *error)
{
    static const char retry_after[] = "retry-after=";
    static const char date[] = "date+";
    static const char body[] = "body=";
    if (!take_number(&arguments, 599, &fault->number, error))
        return false;
    if (fault->number < 200)
        return error_set(error, EXIT_WRONG_USE, "needs a code from 200 to 599");
    if (strncmp(arguments, retry_after, strlen(retry_after)) == 0) {
        uint64_t seconds;
        arguments += strlen(retry_after);
        fault->has_retry_after = true;
        fault->retry_after_as_date = strncmp(arguments, date, strlen(date)) == 0;
        if (fault->retry_after_as_date)
            arguments += strlen(date);
        if (!take_number(&arguments, RETRY_AFTER_MAX, &seconds, error))
            return false;
        fault->retry_after_seconds = (uint32_t)seconds;
    }
    if (strncmp(arguments, body, strlen(body)) == 0)
        fault->text = memory_copy_text(arguments + strlen(body));
    else if (*arguments)
        return error_set(error, EXIT_WRONG_USE, "does not know \"%.40s\"", arguments);
    return true;
}

/* [300 to 399] [LOCATION] */
static bool parse_redirect(const char *arguments, struct fault *fault, struct error *error)
{
    enum { CODE_DIGITS = 3 };
    fault->number = 302;
    if (arguments[0] == '3' && strspn(arguments, "0123456789") == CODE_DIGITS &&
        strchr(" ", arguments[CODE_DIGITS]) && !take_number(&arguments, 399, &fault->number, error))
        return false;
    if (strpbrk(arguments, " \t\r\n"))
        return error_set(error, EXIT_WRONG_USE, "needs one location, and no blank in it");
    fault->text = *arguments ? memory_copy_text(arguments) : NULL;
    return true;
}

/* NAME VALUE */
static bool parse_header(const char *arguments, struct fault *fault, struct error *error)
{
    size_t length = strcspn(arguments, " ");
    if (length == 0 || !arguments[length])
        return error_set(error, EXIT_WRONG_USE, "needs a name and a value");
    fault->text = memory_copy_text(arguments);
    fault->text[length] = '\0';
    fault->value = fault->text + length + 1;
    return true;
}

/* page | string | absent | stale N */
static bool parse_count(const char *arguments, struct fault *fault, struct error *error)
{
    static const struct {
        const char *name;
        enum count_form form;
    } forms[] = {{"page", COUNT_PAGE}, {"string", COUNT_STRING}, {"absent", COUNT_ABSENT}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(arguments, forms[i].name) == 0) {
            fault->count = forms[i].form;
            return true;
        }
    }
    if (strncmp(arguments, "stale ", 6) != 0)
        return error_set(error, EXIT_WRONG_USE, "needs page, string, absent or stale N");
    fault->count = COUNT_STALE;
    return number_parse(arguments + 6, 0, INT64_MAX, &fault->number, error);
}

static void apply_status(const struct fault *fault, struct plan *plan)
{
    bool is_json = !fault->text || *fault->text == '{' || *fault->text == '[';
    const char *content_type = is_json ? NULL : "text/plain; charset=utf-8";
    struct buffer *body = plan_replace(plan, (unsigned)fault->number, content_type);
    if (fault->text)
        buffer_append_text(body, fault->text);
    else
        respond_error("scripted failure", body);
    plan->has_variables = true;
    plan->has_retry_after = fault->has_retry_after;
    plan->retry_after_as_date = fault->retry_after_as_date;
    plan->retry_after_seconds = fault->retry_after_seconds;
}

static void apply_html(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    buffer_append_text(plan_replace(plan, 200, "text/html; charset=utf-8"),
                       "<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head>"
                       "<body><h1>Checking your browser</h1></body></html>\n");
}

static void apply_garbage(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    buffer_append_text(plan_replace(plan, 200, NULL),
                       "{\"meta\":{\"count\":17,\"current_page\":\"1\"},\"payload\":[{\"id\":1,,"
                       "\"name\":'\xc3\x28");
}

static void apply_deep(const struct fault *fault, struct plan *plan)
{
    struct buffer *body = plan_replace(plan, 200, NULL);
    buffer_append_text(body, "{\"meta\":{\"count\":1,\"current_page\":\"1\"},\"payload\":");
    for (uint64_t i = 0; i < fault->number; i++)
        buffer_append_char(body, '[');
    for (uint64_t i = 0; i < fault->number; i++)
        buffer_append_char(body, ']');
    buffer_append_char(body, '}');
}

static void apply_redirect(const struct fault *fault, struct plan *plan)
{
    plan_replace(plan, (unsigned)fault->number, NULL);
    if (fault->text)
        plan_add_header(plan, "Location", fault->text);
}

static void apply_header(const struct fault *fault, struct plan *plan)
{
    plan_add_header(plan, fault->text, fault->value);
}

static void apply_reset(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    plan->is_reset = true;
}

static void apply_endless(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    plan->is_endless = true;
}

static void apply_cut(const struct fault *fault, struct plan *plan)
{
    plan->is_cut = true;
    plan->cut_bytes = fault->number;
}

static void apply_length(const struct fault *fault, struct plan *plan)
{
    plan->has_wrong_length = true;
    plan->announced_bytes = fault->number;
}

static void apply_drip(const struct fault *fault, struct plan *plan)
{
    plan->drip_ms = (uint32_t)fault->number;
}

static void apply_stall(const struct fault *fault, struct plan *plan)
{
    plan->stall_ms = (uint32_t)fault->number;
}

static void apply_count(const struct fault *fault, struct plan *plan)
{
    plan->page.count = fault->count;
    plan->page.stale_count = fault->number;
}

static void apply_empty(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    plan->page.payload = PAYLOAD_EMPTY;
}

static void apply_byte_order_mark(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    plan->page.has_byte_order_mark = true;
}

static void apply_payload_null(const struct fault *fault, struct plan *plan)
{
    (void)fault;
    plan->page.payload = PAYLOAD_NULL;
}

static const struct fault_kind kinds[] = {
    {"status",
     "503\n500 body={\"error\":\"{auth}\"}\n429 retry-after=1\n400 body={\"msg\":\"{key} {%secret} "
     "{basic}\"}\n"
     "401 body={\"message\":\"no {auth}\"}\n403 body=Basic {basic}",
     parse_status, apply_status},
    {"reset", "", parse_nothing, apply_reset},
    {"cut", "20", parse_bytes, apply_cut},
    {"length", "100\n1000000", parse_bytes, apply_length}, /* announces any length */
    {"html", "", parse_nothing, apply_html},
    {"garbage", "", parse_nothing, apply_garbage},
    {"deep", "1000\n100000", parse_depth, apply_deep},
    {"endless", "", parse_nothing, apply_endless},
    {"drip", "1000", parse_wait, apply_drip},
    {"stall", "60000", parse_wait, apply_stall},
    {"redirect",
     "\n/login\n?x=1\n307 "
     "http://{%key}:{%secret}@127.0.0.1:1/{%secret}\nlogin?next={%secret}#{basic}\n"
     "308 http://{auth}@127.0.0.1:port/\n301 /{%key}/{%secret}/{basic}",
     parse_redirect, apply_redirect},
    {"header",
     "X-Echo {auth}\nWWW-Authenticate Basic realm=\"{auth}\"\nRetry-After {secret}\n"
     "Date {basic}\nContent-Encoding {secret}\nX-RateLimit-Limit {auth}",
     parse_header, apply_header},
    {"count", "page\nstring\nabsent\nstale 20", parse_count, apply_count},
    {"empty", "", parse_nothing, apply_empty},
    {"payload-null", "", parse_nothing, apply_payload_null},
    {"byte-order-mark", "", parse_nothing, apply_byte_order_mark},
};

bool fault_parse(const char *what, struct fault *fault, struct error *error)
{
    size_t length = strcspn(what, " ");
    const char *arguments = what + length + strspn(what + length, " ");
    *fault = (struct fault){0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strlen(kinds[i].name) != length || strncmp(kinds[i].name, what, length) != 0)
            continue;
        fault->kind = &kinds[i];
        if (kinds[i].parse(arguments, fault, error))
            return true;
        fault_free(fault);
        return error_at(error, "%s", kinds[i].name);
    }
    return error_set(error, EXIT_WRONG_USE, "no fault is called \"%.*s\"", (int)length, what);
}

void fault_apply(const struct fault *fault, struct plan *plan)
{
    fault->kind->apply(fault, plan);
}

void fault_write_examples(struct buffer *out)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *line = kinds[i].examples;
        for (;;) {
            size_t length = strcspn(line, "\n");
            buffer_print(out, "%s%s%.*s\n", kinds[i].name, length > 0 ? " " : "", (int)length,
                         line);
            if (!line[length])
                break;
            line += length + 1;
        }
    }
}

void fault_free(struct fault *fault)
{
    free(fault->text);
    *fault = (struct fault){0};
}
