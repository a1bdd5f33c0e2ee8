#include "options.h"

#include "number.h"
#include "rate.h"

#include <getopt.h>
#include <string.h>

enum { LATENCY_MS_MAX = 600000, DEFAULT_CONTACTS = 3000 };

const char options_help[] =
    "Usage: rollcall-sandbox [OPTION]...\n"
    "Serves the LiveDesk contacts API on 127.0.0.1 from made-up or given contacts.\n"
    "Prints its base URL once it listens, and runs until SIGTERM or SIGINT.\n"
    "\n"
    "  --port N              port to listen on; 0, the default, takes any that is free\n"
    "  --contacts N          make up N contacts (default 3000, at most 10000000)\n"
    "  --seed S              another seed makes other contacts (default 1)\n"
    "  --grown N             the account has N contacts when it closes (default 10000000)\n"
    "  --data FILE           serve the contacts of FILE, one JSON object a line\n"
    "  --import N            the last N contacts were created in the same second\n"
    "  --dump                print all contacts, one JSON object a line, and exit\n"
    "  --key K, --secret S   credentials it expects (sandbox-key, sandbox-secret)\n"
    "  --page-size-max N     largest page_size it honours (default 15, at most 1000)\n"
    "  --page-size-mode M    honour, ignore or refuse the parameter page_size\n"
    "  --dialect D           livedesk or chatwoot: how sort and direction are read\n"
    "  --beyond B            beyond the last page: empty, null, last, 404, 400 or 204\n"
    "  --cap N               give only the first N contacts of a list\n"
    "  --cap-count           and count only those\n"
    "  --latency MS          wait before each answer\n"
    "  --rate N              answer 429 beyond N requests within a second\n"
    "  --rate-window KIND    sliding: within any second; fixed: within each of the clock\n"
    "  --log FILE            write a line for each request\n"
    "  --tls CERT KEY        serve HTTPS with these PEM files\n"
    "  --fault RULE          let something go wrong; may be repeated\n"
    "  --faults FILE         one rule a line\n"
    "  --list-faults         print examples of every fault, one a line, and exit\n"
    "  --change RULE         let contacts come, go or be relabelled; may be repeated\n"
    "  --shuffle-ties        contacts that tie come in another order at each request\n"
    "  --end-with-stdin      end when standard input does, as when who holds it is gone\n"
    "  --help                this text\n"
    "\n"
    "A rule is \"WHEN: WHAT\". WHEN: always, or page=N request=N every=N after=N times=N\n"
    "chance=PERCENT seed=N from-ms=N until-ms=N.\n"
    "A fault's WHAT: status CODE [retry-after=S|retry-after=date+S] [body=TEXT], reset,\n"
    "cut BYTES, length BYTES, html, garbage, deep N, endless, drip MS, stall MS,\n"
    "redirect [CODE] [LOCATION], header NAME VALUE, empty, payload-null,\n"
    "byte-order-mark, count page|string|absent|stale N.\n"
    "A TEXT, LOCATION or VALUE gives back what the client sent: {auth} and others.\n"
    "A change's WHAT: create [N], remove WHO, relabel LABEL add|remove WHO.\n"
    "WHO: an id, first, last, or random, as the seed decides.\n";

/* What the options are read into. */
struct target {
    struct options *options;
    struct server_settings *server;
    const struct scripts *scripts;
    char **argv;
    int argc;
};

static bool take_number(const char *text, uint32_t low, uint32_t high, uint32_t *number,
                        struct error *error)
{
    uint64_t wide;
    if (!number_parse(text, low, high, &wide, error))
        return false;
    *number = (uint32_t)wide;
    return true;
}

static bool take_port(struct target *target, const char *value, struct error *error)
{
    uint32_t port = 0;
    bool ok = take_number(value, 0, UINT16_MAX, &port, error);
    target->server->port = (uint16_t)port;
    return ok;
}

static bool take_contacts(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 0, CONTACTS_MAX, &target->options->contact_count, error);
}

static bool take_seed(struct target *target, const char *value, struct error *error)
{
    return number_parse(value, 0, INT64_MAX, &target->options->seed, error);
}

static bool take_grown(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 1, CONTACTS_MAX, &target->options->grown_count, error);
}

static bool take_data(struct target *target, const char *value, struct error *error)
{
    (void)error;
    target->options->data_path = value;
    return true;
}

static bool take_import(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 0, CONTACTS_MAX, &target->options->import_count, error);
}

static bool take_dump(struct target *target, const char *value, struct error *error)
{
    (void)value;
    (void)error;
    target->options->is_dump = true;
    return true;
}

static bool take_key(struct target *target, const char *value, struct error *error)
{
    target->server->key = value;
    if (strchr(value, ':'))
        return error_set(error, EXIT_WRONG_USE, "a key cannot hold a colon");
    return true;
}

static bool take_secret(struct target *target, const char *value, struct error *error)
{
    (void)error;
    target->server->secret = value;
    return true;
}

static bool take_page_size_max(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 1, PAGE_SIZE_MAX, &target->server->page_size_max, error);
}

static bool take_page_size_mode(struct target *target, const char *value, struct error *error)
{
    static const char *const modes[] = {
        [PAGE_SIZE_HONOUR] = "honour",
        [PAGE_SIZE_IGNORE] = "ignore",
        [PAGE_SIZE_REFUSE] = "refuse",
    };
    for (enum page_size_mode mode = PAGE_SIZE_HONOUR; mode <= PAGE_SIZE_REFUSE; mode++) {
        if (strcmp(value, modes[mode]) == 0) {
            target->server->page_size_mode = mode;
            return true;
        }
    }
    return error_set(error, EXIT_WRONG_USE, "\"%.40s\" is not honour, ignore or refuse", value);
}

/* Finds the value among the names, which NULL ends. */
static bool take_choice(const char *value, const char *const *names, unsigned *choice,
                        struct error *error)
{
    for (*choice = 0; names[*choice]; (*choice)++) {
        if (strcmp(value, names[*choice]) == 0)
            return true;
    }
    return error_set(error, EXIT_WRONG_USE, "does not know \"%.40s\"", value);
}

static bool take_dialect(struct target *target, const char *value, struct error *error)
{
    static const char *const names[] = {
        [DIALECT_LIVEDESK] = "livedesk", [DIALECT_CHATWOOT] = "chatwoot", NULL};
    unsigned choice;
    bool ok = take_choice(value, names, &choice, error);
    target->server->dialect = ok ? (enum dialect)choice : DIALECT_LIVEDESK;
    return ok;
}

static bool take_beyond(struct target *target, const char *value, struct error *error)
{
    static const char *const names[] = {
        [BEYOND_EMPTY] = "empty",      [BEYOND_NULL] = "null",       [BEYOND_LAST] = "last",
        [BEYOND_NOT_FOUND] = "404",    [BEYOND_BAD_REQUEST] = "400", [BEYOND_NO_CONTENT] = "204",
        [BEYOND_NO_CONTENT + 1] = NULL};
    unsigned choice;
    bool ok = take_choice(value, names, &choice, error);
    target->server->beyond = ok ? (enum beyond_mode)choice : BEYOND_EMPTY;
    return ok;
}

static bool take_cap(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 1, CONTACTS_MAX, &target->server->cap.contacts, error);
}

static bool take_cap_count(struct target *target, const char *value, struct error *error)
{
    (void)value;
    (void)error;
    target->server->cap.is_counted = true;
    return true;
}

static bool take_latency(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 0, LATENCY_MS_MAX, &target->server->latency_ms, error);
}

static bool take_rate(struct target *target, const char *value, struct error *error)
{
    return take_number(value, 1, RATE_MAX, &target->server->requests_per_second, error);
}

static bool take_rate_window(struct target *target, const char *value, struct error *error)
{
    bool is_fixed = strcmp(value, "fixed") == 0;
    target->server->rate_window = is_fixed ? RATE_FIXED : RATE_SLIDING;
    return is_fixed || strcmp(value, "sliding") == 0 ||
           error_set(error, EXIT_WRONG_USE, "\"%.40s\" is not sliding or fixed", value);
}

static bool take_log(struct target *target, const char *value, struct error *error)
{
    (void)error;
    target->server->log_path = value;
    return true;
}

/* The one option with two values: the second is the next word. */
static bool take_tls(struct target *target, const char *value, struct error *error)
{
    if (optind >= target->argc)
        return error_set(error, EXIT_WRONG_USE, "needs a certificate and a key");
    target->server->certificate_path = value;
    target->server->private_key_path = target->argv[optind++];
    return true;
}

static bool take_fault(struct target *target, const char *value, struct error *error)
{
    return rules_add(target->scripts->rules, value, error);
}

static bool take_faults(struct target *target, const char *value, struct error *error)
{
    return rules_add_file(target->scripts->rules, value, error);
}

static bool take_list_faults(struct target *target, const char *value, struct error *error)
{
    (void)value;
    (void)error;
    target->options->is_list_faults = true;
    return true;
}

static bool take_change(struct target *target, const char *value, struct error *error)
{
    return changes_add(target->scripts->changes, value, error);
}

static bool take_shuffle_ties(struct target *target, const char *value, struct error *error)
{
    (void)value;
    (void)error;
    target->server->ties = TIES_SHUFFLED;
    return true;
}

static bool take_end_with_stdin(struct target *target, const char *value, struct error *error)
{
    (void)value;
    (void)error;
    target->options->ends_with_stdin = true;
    return true;
}

static bool take_help(struct target *target, const char *value, struct error *error)
{
    (void)value;
    (void)error;
    target->options->is_help = true;
    return true;
}

static const struct {
    const char *name;
    int has_value;
    bool (*take)(struct target *target, const char *value, struct error *error);
} known[] = {
    {"port", required_argument, take_port},
    {"contacts", required_argument, take_contacts},
    {"seed", required_argument, take_seed},
    {"grown", required_argument, take_grown},
    {"data", required_argument, take_data},
    {"import", required_argument, take_import},
    {"dump", no_argument, take_dump},
    {"key", required_argument, take_key},
    {"secret", required_argument, take_secret},
    {"page-size-max", required_argument, take_page_size_max},
    {"page-size-mode", required_argument, take_page_size_mode},
    {"dialect", required_argument, take_dialect},
    {"beyond", required_argument, take_beyond},
    {"cap", required_argument, take_cap},
    {"cap-count", no_argument, take_cap_count},
    {"latency", required_argument, take_latency},
    {"rate", required_argument, take_rate},
    {"rate-window", required_argument, take_rate_window},
    {"log", required_argument, take_log},
    {"tls", required_argument, take_tls},
    {"fault", required_argument, take_fault},
    {"faults", required_argument, take_faults},
    {"list-faults", no_argument, take_list_faults},
    {"change", required_argument, take_change},
    {"shuffle-ties", no_argument, take_shuffle_ties},
    {"end-with-stdin", no_argument, take_end_with_stdin},
    {"help", no_argument, take_help},
};

enum { KNOWN = sizeof known / sizeof *known };

static bool parse_all(struct target *target, struct error *error)
{
    struct option table[KNOWN + 1] = {0};
    for (int i = 0; i < KNOWN; i++)
        table[i] = (struct option){known[i].name, known[i].has_value, NULL, i};
    opterr = 0;
    int found;
    while ((found = getopt_long(target->argc, target->argv, ":", table, NULL)) != -1) {
        if (found == ':')
            return error_set(error, EXIT_WRONG_USE, "%s needs a value", target->argv[optind - 1]);
        if (found == '?')
            return error_set(error, EXIT_WRONG_USE, "no option is called %s",
                             target->argv[optind - 1]);
        if (!known[found].take(target, optarg, error))
            return error_at(error, "--%s", known[found].name);
    }
    if (optind < target->argc)
        return error_set(error, EXIT_WRONG_USE, "unexpected \"%s\"", target->argv[optind]);
    return true;
}

bool options_parse(int argc, char **argv, const struct scripts *scripts, struct options *options,
                   struct error *error)
{
    *options = (struct options){
        .server =
            {
                .key = "sandbox-key",
                .secret = "sandbox-secret",
                .page_size_max = DEFAULT_PAGE_SIZE,
                .rules = scripts->rules,
                .changes = scripts->changes,
            },
        .contact_count = DEFAULT_CONTACTS,
        .grown_count = CONTACTS_MAX,
        .seed = 1,
    };
    struct target target = {options, &options->server, scripts, argv, argc};
    return parse_all(&target, error) || error_hint(error, "rollcall-sandbox --help tells more");
}
