#include "rules.h"

#include "base/memory.h"
#include "fault.h"
#include "number.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The left side of a rule. 0 asks for nothing. */
struct when {
    uint64_t page;
    uint64_t request;
    uint64_t every;
    uint64_t after;
    uint64_t times;
};

struct rule {
    struct when when;
    uint64_t matches;
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

static bool parse_condition(const char *word, struct when *when, struct error *error)
{
    const struct {
        const char *key;
        uint64_t *value;
    } conditions[] = {
        {"page=", &when->page},   {"request=", &when->request}, {"every=", &when->every},
        {"after=", &when->after}, {"times=", &when->times},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        size_t length = strlen(conditions[i].key);
        if (strncmp(word, conditions[i].key, length) == 0)
            return number_parse(word + length, 1, INT64_MAX, conditions[i].value, error) ||
                   error_at(error, "%.*s", (int)length - 1, word);
    }
    return error_set(error, EXIT_WRONG_USE, "no condition is called \"%.40s\"", word);
}

/* `words` is taken apart. "always" may stand where there is no condition. */
static bool parse_when(char *words, struct when *when, struct error *error)
{
    char *rest = NULL;
    for (char *word = strtok_r(words, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest))
        if (strcmp(word, "always") != 0 && !parse_condition(word, when, error))
            return false;
    return true;
}

static bool parse_rule(char *text, struct rule *rule, struct error *error)
{
    char *colon = strchr(text, ':');
    if (!colon)
        return error_set(error, EXIT_WRONG_USE, "a rule is \"WHEN: WHAT\"");
    *colon = '\0';
    char *what = colon + 1 + strspn(colon + 1, " \t");
    size_t length = strlen(what);
    while (length > 0 && strchr(" \t\r\n", what[length - 1]))
        what[--length] = '\0';
    return parse_when(text, &rule->when, error) && fault_parse(what, &rule->fault, error);
}

bool rules_add(struct rules *rules, const char *text, struct error *error)
{
    struct rule rule = {0};
    if (rules->count == RULES_MAX)
        return error_set(error, EXIT_WRONG_USE, "more than %d rules", RULES_MAX);
    if (strlen(text) > RULE_BYTES_MAX)
        return error_set(error, EXIT_WRONG_USE, "a rule longer than %d bytes", RULE_BYTES_MAX);
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

static bool is_due(const struct rule *rule, uint64_t request, uint64_t page)
{
    const struct when *when = &rule->when;
    return (!when->page || when->page == page) && (!when->request || when->request == request) &&
           (!when->every || request % when->every == 0) && request > when->after &&
           (!when->times || rule->matches < when->times);
}

void rules_apply(struct rules *rules, uint64_t request, uint64_t page, struct plan *plan)
{
    pthread_mutex_lock(&rules->mutex);
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = &rules->rules[i];
        if (!is_due(rule, request, page))
            continue;
        rule->matches++;
        fault_apply(&rule->fault, plan);
    }
    pthread_mutex_unlock(&rules->mutex);
}
