#include "rules.h"

#include "base/clock.h"
#include "base/memory.h"
#include "fault.h"
#include "when.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rule {
    struct when when;
    struct fault fault;
};

struct rules {
    pthread_mutex_t mutex;
    struct rule rules[RULES_MAX];
    size_t count;
};

struct rules *rules_new(void)
{
    struct rules *rules = memory_new(1, sizeof *rules);
    pthread_mutex_init(&rules->mutex, NULL);
    return rules;
}

void rules_free(struct rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count; i++)
        fault_free(&rules->rules[i].fault);
    pthread_mutex_destroy(&rules->mutex);
    free(rules);
}

static bool parse_rule(char *text, struct rule *rule, struct error *error)
{
    char *what;
    return when_parse(text, &rule->when, &what, error) && fault_parse(what, &rule->fault, error);
}

bool rules_add(struct rules *rules, const char *text, struct error *error)
{
    struct rule rule = {0};
    if (rules->count == RULES_MAX)
        return error_set(error, EXIT_WRONG_USE, "more than %d rules", RULES_MAX);
    char *copy = memory_copy_text(text);
    bool is_parsed = parse_rule(copy, &rule, error);
    free(copy);
    if (!is_parsed)
        return error_at(error, "fault \"%.80s\"", text);
    rules->rules[rules->count++] = rule;
    return true;
}

bool rules_add_file(struct rules *rules, const char *path, struct error *error)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(errno));
    char *line = NULL;
    size_t capacity = 0;
    bool ok = true;
    for (unsigned number = 1; ok && getline(&line, &capacity, file) > 0; number++) {
        line[strcspn(line, "\r\n")] = '\0';
        const char *text = line + strspn(line, " \t");
        if (*text && *text != '#' && !rules_add(rules, text, error))
            ok = error_at(error, "%s:%u", path, number);
    }
    if (ok && ferror(file))
        ok = error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(errno));
    free(line);
    fclose(file);
    return ok;
}

void rules_apply(struct rules *rules, uint64_t request, uint64_t page, struct plan *plan)
{
    int64_t now_ms = clock_monotonic_ms();
    pthread_mutex_lock(&rules->mutex);
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = &rules->rules[i];
        if (when_matches(&rule->when, request, page, now_ms))
            fault_apply(&rule->fault, plan);
    }
    pthread_mutex_unlock(&rules->mutex);
}
