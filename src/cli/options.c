#include "cli/options.h"

#include "base/utf8.h"
#include "fetch/http/transfer.h"
#include "lang/language.h"
#include "model/checkpoint.h"
#include "model/column.h"
#include "write/writer.h"

#include <string.h>

static const char *const sort_keys[] = {"created_at", "last_activity_at", "name",
                                        "email",      "phone_number",     "company",
                                        "city",       "country",          NULL};
static const char *const directions[] = {"asc", "desc", NULL};

/* The name appears in file properties, titles and lines of the terminal. */
static bool check_account(const char *value, struct error *error)
{
    enum { ACCOUNT_BYTES_MAX = 200 };
    size_t length = strlen(value);
    if (length > ACCOUNT_BYTES_MAX)
        return error_set(error, EXIT_WRONG_USE, "longer than %d bytes", ACCOUNT_BYTES_MAX);
    if (!utf8_is_clean(value, length))
        return error_set(error, EXIT_WRONG_USE, "not a text in UTF-8");
    for (const char *c = value; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            return error_set(error, EXIT_WRONG_USE, "holds a control character");
    }
    return true;
}

static bool check_custom(const char *value, struct error *error)
{
    if (column_custom_key(value))
        return true;
    error_set(error, EXIT_WRONG_USE, "'%s' names no custom attribute", value);
    return error_hint(error, "write %sKEY, as the column of that attribute is called",
                      column_custom_prefix);
}

#define MEMBER(name) offsetof(struct settings, name)

const struct option_spec option_specs[] = {
    {.name = "base-url",
     .kind = OPTION_TEXT,
     .group = OPTIONS_SOURCE,
     .value_name = "URL",
     .help = "the API's address",
     .standard = "https://livedesk-api.engagelab.com",
     .offset = MEMBER(base_url)},
    {.name = "account",
     .kind = OPTION_TEXT,
     .group = OPTIONS_SOURCE,
     .value_name = "NAME",
     .help = "whose contacts these are: a name of your choice, kept in the snapshot and shown in "
             "every output",
     .check = check_account,
     .offset = MEMBER(account)},
    {.name = "label",
     .kind = OPTION_LIST,
     .group = OPTIONS_SOURCE,
     .value_name = "LABEL",
     .help = "only contacts with this label; repeated: contacts with any of these labels",
     .offset = MEMBER(labels)},
    {.name = "q",
     .kind = OPTION_TEXT,
     .group = OPTIONS_SOURCE,
     .value_name = "TEXT",
     .help = "only contacts with this text in email, phone number, name or identifier",
     .offset = MEMBER(q)},
    {.name = "sort",
     .kind = OPTION_CHOICE,
     .group = OPTIONS_SOURCE,
     .value_name = "KEY",
     .help = "the order in which pages are read: created_at, last_activity_at, name, email, "
             "phone_number, company, city or country",
     .standard = "created_at",
     .choices = sort_keys,
     .offset = MEMBER(sort)},
    {.name = "direction",
     .kind = OPTION_CHOICE,
     .group = OPTIONS_SOURCE,
     .value_name = "DIR",
     .help = "asc or desc",
     .standard = "asc",
     .choices = directions,
     .offset = MEMBER(direction)},
    {.name = "no-inboxes",
     .kind = OPTION_FLAG,
     .group = OPTIONS_SOURCE,
     .help = "do not ask for the contacts' inboxes",
     .offset = MEMBER(no_inboxes)},

    {.name = "credentials",
     .kind = OPTION_TEXT,
     .group = OPTIONS_TRANSFER,
     .value_name = "FILE",
     .help = "read API key and secret from this JSON file, which only you can read",
     .offset = MEMBER(credentials_file)},
    {.name = "credentials-command",
     .kind = OPTION_TEXT,
     .group = OPTIONS_TRANSFER,
     .value_name = "CMD",
     .help = "run this command and read API key and secret from its output",
     .offset = MEMBER(credentials_command)},
    {.name = "allow-plain-http",
     .kind = OPTION_FLAG,
     .group = OPTIONS_TRANSFER,
     .help = "send credentials over plain HTTP to hosts other than this machine",
     .offset = MEMBER(allow_plain_http)},
    {.name = "cacert",
     .kind = OPTION_TEXT,
     .group = OPTIONS_TRANSFER,
     .value_name = "FILE",
     .help = "trust these certificates (PEM) instead of the system's",
     .offset = MEMBER(ca_file)},
    {.name = "page-size",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_TRANSFER,
     .value_name = "N",
     .help = "contacts to ask for on a page; the server may send fewer",
     .standard = "100",
     .min = 1,
     .max = 1000,
     .offset = MEMBER(page_size)},
    {.name = "connections",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_TRANSFER,
     .value_name = "N",
     .help = "requests in flight at once",
     .standard = "8",
     .min = 1,
     .max = TRANSFER_CONNECTIONS_MAX,
     .offset = MEMBER(connections)},
    {.name = "timeout",
     .kind = OPTION_SECONDS,
     .group = OPTIONS_TRANSFER,
     .value_name = "S",
     .help = "seconds that one request may take",
     .standard = "60",
     .min = 0,
     .max = 3600,
     .offset = MEMBER(timeout_ms)},
    {.name = "retries",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_TRANSFER,
     .value_name = "N",
     .help = "further attempts at a page that could not be read, while others could",
     .standard = "5",
     .min = 0,
     .max = 100,
     .offset = MEMBER(retries)},
    {.name = "patience",
     .kind = OPTION_SECONDS,
     .group = OPTIONS_TRANSFER,
     .value_name = "S",
     .help = "seconds that an outage may last, in which no request succeeds; 0: --retries decides "
             "then, too",
     .standard = "120",
     .takes_zero = true,
     .min = 0,
     .max = 604800,
     .offset = MEMBER(patience_ms)},
    {.name = "deadline",
     .kind = OPTION_SECONDS,
     .group = OPTIONS_TRANSFER,
     .value_name = "S",
     .help = "seconds that the whole fetch may take, all attempts and passes included",
     .min = 0,
     .max = 604800,
     .offset = MEMBER(deadline_ms)},
    {.name = "rate",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_TRANSFER,
     .value_name = "N",
     .help = "at most this many requests a second; without it, as many as the server allows",
     .min = 1,
     .max = 100000,
     .offset = MEMBER(rate)},
    {.name = "max-passes",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_TRANSFER,
     .value_name = "N",
     .help = "how often all pages may be read before the fetch counts as unproven",
     .standard = "5",
     .min = 1,
     .max = PASSES_MAX,
     .offset = MEMBER(max_passes)},
    {.name = "max-requests",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_TRANSFER,
     .value_name = "N",
     .help = "no further pass or re-reading beyond this many requests; without it, 20 for each "
             "page, and at least 200",
     .min = 1,
     .max = 1000000000,
     .offset = MEMBER(max_requests)},
    {.name = "allow-unproven",
     .kind = OPTION_FLAG,
     .group = OPTIONS_TRANSFER,
     .help = "accept a fetch that could not be proven complete; every output says so",
     .offset = MEMBER(allow_unproven)},

    {.name = "from",
     .kind = OPTION_TEXT,
     .group = OPTIONS_INPUT,
     .value_name = "SNAPSHOT",
     .help = "read this snapshot, or the one in this report's directory, instead of the API",
     .offset = MEMBER(from)},

    {.name = "columns",
     .kind = OPTION_COMMA_LIST,
     .group = OPTIONS_ROWS,
     .value_name = "LIST",
     .help = "the columns of the contacts in CSV and workbook, separated by commas; without it, "
             "all",
     .check = column_check,
     .offset = MEMBER(columns)},
    {.name = "order-by",
     .kind = OPTION_ORDER,
     .group = OPTIONS_ROWS,
     .value_name = "COLUMN[:desc]",
     .help = "the order of the contacts in CSV and workbook; without it, by id",
     .offset = MEMBER(order)},

    {.name = "as-of",
     .kind = OPTION_TIME,
     .group = OPTIONS_REPORT,
     .value_name = "TIME",
     .help = "the moment from which the days since the last activity are counted (ISO 8601); "
             "without it, when the fetch began",
     .offset = MEMBER(as_of)},
    {.name = "activity-bounds",
     .kind = OPTION_DAYS,
     .group = OPTIONS_REPORT,
     .value_name = "DAYS",
     .help = "upper bounds of the activity buckets in days, ascending",
     .standard = "1,7,30,90,180,365",
     .offset = MEMBER(activity_bounds)},
    {.name = "country-from",
     .kind = OPTION_TEXT,
     .group = OPTIONS_REPORT,
     .value_name = "custom.KEY",
     .help = "the custom attribute that tells a contact's country, by name or code, where "
             "country_code and country are empty",
     .check = check_custom,
     .offset = MEMBER(country_from)},
    {.name = "company-from",
     .kind = OPTION_TEXT,
     .group = OPTIONS_REPORT,
     .value_name = "custom.KEY",
     .help = "the custom attribute that tells a contact's company where company_name and company "
             "are empty",
     .check = check_custom,
     .offset = MEMBER(company_from)},
    {.name = "top-companies",
     .kind = OPTION_INTEGER,
     .group = OPTIONS_REPORT,
     .value_name = "N",
     .help = "companies shown before the rest is summed up, in the workbook and, up to 20, on the "
             "page; CSV and JSON have them all",
     .standard = "20",
     .min = 1,
     .max = 1000,
     .offset = MEMBER(top_companies)},
    {.name = "csv-raw",
     .kind = OPTION_FLAG,
     .group = OPTIONS_REPORT,
     .help = "do not guard CSV texts that a spreadsheet would read as a formula",
     .offset = MEMBER(csv_raw)},
    {.name = "lang",
     .kind = OPTION_TEXT,
     .group = OPTIONS_REPORT,
     .value_name = "LANG",
     .help = "the language of workbook, page and totals: en, zh-Hans, zh-Hant, ja, de, fr or es",
     .standard = "en",
     .check = language_check,
     .offset = MEMBER(lang)},
    {.name = "template",
     .kind = OPTION_TEXT,
     .group = OPTIONS_REPORT,
     .value_name = "FILE",
     .help = "make summary.html from this Mustache template; its partials are files in the same "
             "folder, or the built-in ones",
     .offset = MEMBER(template_file)},

    {.name = "only",
     .kind = OPTION_SET,
     .group = OPTIONS_REPORT,
     .value_name = "LIST",
     .help =
         "make only these of the outputs, separated by commas: xlsx, csv (contacts.csv), tallies "
         "(the other CSV files), html, json; the snapshot is always written",
     .standard = "xlsx,csv,tallies,html,json",
     .choices = output_names,
     .offset = MEMBER(outputs)},

    {.name = "output",
     .letter = 'o',
     .kind = OPTION_TEXT,
     .group = OPTIONS_OUTPUT,
     .value_name = "PATH",
     .help = "write here: the directory of a report, the file of a snapshot; strftime "
             "codes are filled in: reports/%G-W%V",
     .offset = MEMBER(output)},
    {.name = "resume",
     .kind = OPTION_FLAG,
     .group = OPTIONS_OUTPUT,
     .help = "resume the unfinished fetch of the last run for the same output, if there is one; "
             "keep this run's fetch if it stays unfinished",
     .offset = MEMBER(resume)},
    {.name = "resume-within",
     .kind = OPTION_SECONDS,
     .group = OPTIONS_OUTPUT,
     .value_name = "S",
     .help = "seconds after which an unfinished fetch is too old to be resumed",
     .standard = "3600",
     .min = 0,
     .max = 604800,
     .offset = MEMBER(resume_within_ms)},
    {.name = "timezone",
     .kind = OPTION_ZONE,
     .group = OPTIONS_OUTPUT,
     .value_name = "ZONE",
     .help = "the time zone of every time shown, such as Europe/Berlin",
     .standard = "UTC",
     .offset = MEMBER(zone)},

    {.name = "json",
     .kind = OPTION_FLAG,
     .group = OPTIONS_CHECK,
     .help = "print one JSON object for programs",
     .offset = MEMBER(json)},

    {.name = "quiet",
     .kind = OPTION_FLAG,
     .group = OPTIONS_TERMINAL,
     .help = "print nothing but errors",
     .offset = MEMBER(quiet)},
    {.name = "verbose",
     .letter = 'v',
     .kind = OPTION_FLAG,
     .group = OPTIONS_TERMINAL,
     .help = "show each request",
     .offset = MEMBER(verbose)},
};

const size_t option_count = sizeof option_specs / sizeof *option_specs;

_Static_assert(sizeof option_specs / sizeof *option_specs <= SETTINGS_OPTIONS_MAX,
               "settings have an origin for every option");

const char *option_group_title(enum option_group group)
{
    switch (group) {
    case OPTIONS_SOURCE:
        return "Source";
    case OPTIONS_TRANSFER:
        return "Transfer";
    case OPTIONS_INPUT:
        return "Input";
    case OPTIONS_ROWS:
        return "Rows";
    case OPTIONS_REPORT:
        return "Report";
    case OPTIONS_OUTPUT:
        return "Output";
    case OPTIONS_TERMINAL:
        return "Terminal";
    case OPTIONS_CHECK:
        return "Check";
    }
    return "";
}

static char canonical(char c)
{
    return c == '_' ? '-' : c;
}

static bool same_name(const char *left, const char *right)
{
    while (*left && canonical(*left) == canonical(*right)) {
        left++;
        right++;
    }
    return canonical(*left) == canonical(*right);
}

const struct option_spec *option_find(const char *name)
{
    for (size_t i = 0; i < option_count; i++) {
        if (same_name(option_specs[i].name, name))
            return &option_specs[i];
    }
    return NULL;
}

/* How many letters have to be added, dropped or changed to turn one word into the other. */
static size_t distance(const char *left, const char *right)
{
    enum { WORD_MAX = 40 };
    size_t row[WORD_MAX + 1];
    size_t width = strlen(right);
    if (width > WORD_MAX || strlen(left) > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; left[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t change = diagonal + (canonical(left[i - 1]) != canonical(right[j - 1]));
            diagonal = row[j];
            size_t step = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = change < step ? change : step;
        }
    }
    return row[width];
}

const struct option_spec *option_nearest(const char *name, unsigned groups)
{
    const struct option_spec *nearest = NULL;
    size_t least = strlen(name) / 3 + 1;
    for (size_t i = 0; i < option_count; i++) {
        size_t steps = distance(name, option_specs[i].name);
        if ((option_specs[i].group & groups) && steps <= least) {
            least = steps;
            nearest = &option_specs[i];
        }
    }
    return nearest;
}
