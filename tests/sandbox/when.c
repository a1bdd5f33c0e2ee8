#include "when.h"

#include "dice.h"
#include "number.h"

#include <string.h>

static bool parse_condition(const char *word, struct when *when, struct error *error)
{
    const struct {
        const char *key;
        uint64_t *value;
    } conditions[] = {
        {"page=", &when->page},   {"request=", &when->request}, {"every=", &when->every},
        {"after=", &when->after}, {"times=", &when->times},     {"chance=", &when->chance},
        {"seed=", &when->seed},   {"from-ms=", &when->from_ms}, {"until-ms=", &when->until_ms},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        size_t length = strlen(conditions[i].key);
        if (strncmp(word, conditions[i].key, length) == 0)
            return number_parse(word + length, 1, INT64_MAX, conditions[i].value, error) ||
                   error_at(error, "%.*s", (int)length - 1, word);
    }
    return error_set(error, EXIT_WRONG_USE, "no condition is called \"%.40s\"", word);
}

/* Changes `words`. "always" may replace the conditions. */
static bool parse_conditions(char *words, struct when *when, struct error *error)
{
    char *rest = NULL;
    for (char *word = strtok_r(words, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest))
        if (strcmp(word, "always") != 0 && !parse_condition(word, when, error))
            return false;
    return true;
}

bool when_parse(char *rule, struct when *when, char **what, struct error *error)
{
    *when = (struct when){0};
    if (strlen(rule) > RULE_BYTES_MAX)
        return error_set(error, EXIT_WRONG_USE, "longer than %d bytes", RULE_BYTES_MAX);
    char *colon = strchr(rule, ':');
    if (!colon)
        return error_set(error, EXIT_WRONG_USE, "a rule is \"WHEN: WHAT\"");
    *colon = '\0';
    *what = colon + 1 + strspn(colon + 1, " \t");
    size_t length = strlen(*what);
    while (length > 0 && strchr(" \t\r\n", (*what)[length - 1]))
        (*what)[--length] = '\0';
    return parse_conditions(rule, when, error);
}

static bool is_drawn(const struct when *when, uint64_t request)
{
    struct dice dice = dice_for_event(when->seed, request);
    return !when->chance || dice_below(&dice, 100) < when->chance;
}

static bool is_time(const struct when *when, int64_t now_ms)
{
    uint64_t passed_ms = (uint64_t)(now_ms - when->began_ms);
    return passed_ms >= when->from_ms && (!when->until_ms || passed_ms < when->until_ms);
}

bool when_matches(struct when *when, uint64_t request, uint64_t page, int64_t now_ms)
{
    if (!when->began_ms)
        when->began_ms = now_ms;
    bool is_match = (!when->page || when->page == page) &&
                    (!when->request || when->request == request) &&
                    (!when->every || request % when->every == 0) && request > when->after &&
                    is_drawn(when, request) && is_time(when, now_ms) &&
                    (!when->times || when->matches < when->times);
    when->matches += is_match;
    return is_match;
}
