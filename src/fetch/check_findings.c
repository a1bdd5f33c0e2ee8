#include "fetch/check_findings.h"

#include "base/memory.h"
#include "fetch/http/status.h"
#include "model/ledger.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* With fewer emails than this, chance may put them in order. */
enum { EMAILS_LEAST = 5 };

bool probe_has_page(const struct probe *probe)
{
    return probe->status == STATUS_OK && probe->body == BODY_FINE;
}

enum page_size_kind check_page_size_kind(int64_t asked, int64_t records, int64_t asked_less,
                                         int64_t records_less)
{
    if (records <= 1)
        return PAGE_SIZE_OPEN;
    if (records_less > asked_less)
        return PAGE_SIZE_IGNORED;
    return records < asked ? PAGE_SIZE_CAPPED : PAGE_SIZE_HONOURED;
}

/* Of a probe without a page. */
static struct order_finding without_page(const struct probe *probe)
{
    bool is_refused = probe->status >= STATUS_BAD_REQUEST && probe->status < STATUS_SERVER_ERRORS &&
                      probe->status != STATUS_REQUEST_TIMEOUT &&
                      probe->status != STATUS_TOO_MANY_REQUESTS;
    return (struct order_finding){is_refused ? ORDER_REFUSED : ORDER_FAILED, probe->status};
}

static struct order_finding finding(enum order_kind kind)
{
    return (struct order_finding){kind, STATUS_OK};
}

/* The times of creation in the order of the page. */
struct times {
    int64_t first;
    int64_t last;
    size_t known;
    size_t rises;
    size_t falls;
};

static struct times times_of(const struct livedesk_page *page)
{
    struct times times = {0};
    for (size_t i = 0; i < page->contact_count; i++) {
        int64_t time = page->contacts[i].created_at;
        if (time == TIME_NONE)
            continue;
        if (times.known++ == 0)
            times.first = time;
        else if (time > times.last)
            times.rises++;
        else if (time < times.last)
            times.falls++;
        times.last = time;
    }
    return times;
}

struct order_finding find_ascending(const struct probe *ascending)
{
    if (!probe_has_page(ascending))
        return without_page(ascending);
    struct times times = times_of(&ascending->page);
    if (times.falls > 0)
        return finding(ORDER_IGNORED);
    return finding(times.rises > 0 ? ORDER_OBEYED : ORDER_OPEN);
}

struct order_finding find_descending(const struct probe *descending, const struct probe *ascending)
{
    if (!probe_has_page(descending))
        return without_page(descending);
    struct times down = times_of(&descending->page);
    struct times up = times_of(&ascending->page);
    if (down.rises > 0)
        return finding(ORDER_IGNORED);
    /* An import may fill a page with one time: then it has to be a later one. */
    bool begins_later = down.known > 0 && up.known > 0 && down.first > up.first;
    return finding(down.falls > 0 || begins_later ? ORDER_OBEYED : ORDER_OPEN);
}

static const char *email_of(const struct contact *contact)
{
    const char *email = contact->text[CONTACT_EMAIL];
    return email ? email : "";
}

/* What all usual orders agree on: digits, then letters in any case. -1 for any other beginning. */
static int coarse_rank(const char *email)
{
    unsigned char first = (unsigned char)*email;
    return first < 0x80 && isalnum(first) ? tolower(first) : -1;
}

static bool is_coarsely_sorted(const struct livedesk_page *page)
{
    int highest = -1;
    for (size_t i = 0; i < page->contact_count; i++) {
        int rank = coarse_rank(email_of(&page->contacts[i]));
        if (rank >= 0 && rank < highest)
            return false;
        if (rank > highest)
            highest = rank;
    }
    return true;
}

/* Capital letters come before small ones. */
static bool is_sorted_by_bytes(const struct livedesk_page *page)
{
    const char *before = "";
    for (size_t i = 0; i < page->contact_count; i++) {
        const char *email = email_of(&page->contacts[i]);
        if (*email && strcmp(email, before) < 0)
            return false;
        if (*email)
            before = email;
    }
    return true;
}

static size_t count_emails(const struct livedesk_page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->contact_count; i++)
        count += *email_of(&page->contacts[i]) != '\0';
    return count;
}

struct order_finding find_by_email(const struct probe *by_email)
{
    if (!probe_has_page(by_email))
        return without_page(by_email);
    if (!is_coarsely_sorted(&by_email->page) && !is_sorted_by_bytes(&by_email->page))
        return finding(ORDER_IGNORED);
    return finding(count_emails(&by_email->page) < EMAILS_LEAST ? ORDER_OPEN : ORDER_OBEYED);
}

static bool have_same_emails(const struct livedesk_page *left, const struct livedesk_page *right)
{
    if (left->contact_count != right->contact_count)
        return false;
    for (size_t i = 0; i < left->contact_count; i++) {
        if (strcmp(email_of(&left->contacts[i]), email_of(&right->contacts[i])) != 0)
            return false;
    }
    return true;
}

struct order_finding find_by_several(const struct probe *by_several, const struct probe *by_email)
{
    if (!probe_has_page(by_several))
        return without_page(by_several);
    /* Where the server orders by email, several keys of which it is the first give the same. */
    struct order_finding single = find_by_email(by_email);
    if (single.kind != ORDER_OBEYED)
        return find_by_email(by_several);
    return finding(have_same_emails(&by_several->page, &by_email->page) ? ORDER_OBEYED
                                                                        : ORDER_IGNORED);
}

struct order_finding find_by_unknown(const struct probe *by_unknown)
{
    return probe_has_page(by_unknown) ? finding(ORDER_IGNORED) : without_page(by_unknown);
}

static bool has_id(const struct livedesk_page *page, int64_t id)
{
    for (size_t i = 0; i < page->contact_count; i++) {
        if (page->contacts[i].id == id)
            return true;
    }
    return false;
}

/* In any order: those that tie may have changed places. */
static bool have_same_ids(const struct livedesk_page *left, const struct livedesk_page *right)
{
    if (left->contact_count != right->contact_count)
        return false;
    for (size_t i = 0; i < left->contact_count; i++) {
        if (!has_id(right, left->contacts[i].id))
            return false;
    }
    return left->contact_count > 0;
}

struct beyond_finding find_beyond(const struct probe *beyond, const struct probe *first,
                                  const struct probe *last)
{
    enum beyond_kind kind = BEYOND_CONTACTS;
    if (beyond->status != 0 && beyond->status != STATUS_OK)
        kind = BEYOND_STATUS;
    else if (beyond->status == STATUS_OK && beyond->body == BODY_WITHOUT_LIST)
        kind = BEYOND_NULL_LIST;
    else if (!probe_has_page(beyond))
        kind = BEYOND_UNREADABLE;
    else if (beyond->page.records == 0)
        kind = BEYOND_EMPTY_LIST;
    else if (have_same_ids(&beyond->page, &last->page))
        kind = BEYOND_LAST_PAGE;
    else if (have_same_ids(&beyond->page, &first->page))
        kind = BEYOND_FIRST_PAGE;
    return (struct beyond_finding){kind, beyond->status};
}

enum count_kind find_count(const struct probe *first, const struct probe *smaller,
                           const struct probe *second)
{
    const struct livedesk_page *page = &first->page;
    if (page->count == COUNT_UNKNOWN)
        return COUNTS_NOTHING;
    if (page->count != page->records)
        return page->count > page->records ? COUNTS_ALL : COUNTS_TOO_FEW;
    bool is_smaller = probe_has_page(smaller) && smaller->page.records < page->records;
    if (is_smaller && smaller->page.count == smaller->page.records)
        return COUNTS_PAGE;
    if (is_smaller && smaller->page.count == page->count)
        return COUNTS_ALL;
    if (probe_has_page(second) && second->page.records > 0)
        return COUNTS_PAGE;
    return COUNTS_OPEN;
}

static int compare_times(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

struct tie find_tie(const struct livedesk_page *page)
{
    struct tie largest = {0};
    int64_t *times = memory_new(page->contact_count + 1, sizeof *times);
    size_t count = 0;
    for (size_t i = 0; i < page->contact_count; i++) {
        if (page->contacts[i].created_at != TIME_NONE)
            times[count++] = page->contacts[i].created_at;
    }
    qsort(times, count, sizeof *times, compare_times);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && times[end] == times[i])
            end++;
        if ((int64_t)(end - i) > largest.contacts)
            largest = (struct tie){(int64_t)(end - i), times[i]};
        i = end;
    }
    free(times);
    return largest;
}
