/* A fetch without a network: a server whose list changes while it is read, a client that does what
   the fetch does, and schedules, made from a seed, of what happens meanwhile. */
#ifndef ROLLCALL_TESTS_SIMULATION_H
#define ROLLCALL_TESTS_SIMULATION_H

#include "fetch/proof/sentinel.h"
#include "fetch/proof/witness.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Random numbers, the same ones for the same seed. */
struct chance {
    uint64_t state;
};

/* From 0 to `bound` - 1. */
int chance_below(struct chance *chance, int bound);

/* From `low` to `high`. */
int chance_between(struct chance *chance, int low, int high);

bool chance_of(struct chance *chance, int percent);

enum { SIMULATION_CONTACTS_MAX = 160, SIMULATION_PAGE_MAX = 12, SIMULATION_PASSES_MAX = 5 };

/* What the list can be sorted by. */
enum sort_key {
    KEY_CREATED_AT,
    KEY_NAME,
    KEY_EMAIL,
    KEY_PHONE_NUMBER,
    KEY_COUNTRY,
    KEY_LAST_ACTIVITY,
    KEYS,
};

extern const char *const sort_key_names[KEYS];

/* What the server says of how many contacts there are. */
enum counting {
    COUNTING_EXACT,
    COUNTING_ABSENT,
    COUNTING_OF_PAGE, /* only of those on the page */
    COUNTING_WRONG,   /* off by a constant */
    COUNTING_CACHED,  /* as it was some time ago */
    COUNTINGS,
};

/* What the server answers behind the last page, if that is full. */
enum ending {
    ENDING_EMPTY,
    ENDING_ERROR,
    ENDING_REPEATED, /* the last page once more */
    ENDINGS,
};

/* A limit of the server's, such as a search engine has: nothing behind it is given. */
struct cap {
    int contacts;    /* 0: no limit */
    bool is_counted; /* the count ends there as well */
};

/* Limits are multiples of this, as they are of VERDICT_ROUND. */
enum { SIMULATION_ROUND = 10 };

/* What happens while the list is read, and how often: of each 100 steps. */
struct changes {
    int create, remove, edit, relabel;
    int swap; /* one removed and one created at once, which leaves the count as it was */
};

/* All that one run depends on, apart from the random numbers drawn meanwhile. */
struct schedule {
    uint64_t seed;
    int contacts;
    int contacts_max;  /* those created meanwhile included */
    int page_records;  /* the most that the server puts on a page */
    int later_records; /* the same from some moment on; mostly no other */
    int slots;         /* requests in flight at once */
    int step_ms;       /* how long a step of the simulation takes at most */
    int spread_s;      /* within which most contacts were created */
    int imported;      /* of each 100 contacts: created in the same second */
    int unusable;      /* of each 100 contacts: without an id that can be used */
    int recent;        /* of each 100 contacts: created just before the fetch begins */
    int lost;          /* of each 100 answers: never arrive */
    enum sort_key sort;
    bool is_descending;
    bool is_filtered; /* by a label */
    enum counting counting;
    int count_off; /* of COUNTING_WRONG */
    struct cap cap;
    enum ending ending;
    bool is_deaf; /* the direction is ignored */
    struct changes changes;
    struct sentinel_limits sentinel;
};

/* Short lists of every kind, read without a sentinel. */
struct schedule schedule_make(uint64_t seed);

/* Longer lists without a filter, read by time of creation with a sentinel. */
struct schedule schedule_make_ordered(uint64_t seed);

/* Whether anything in the list changes while it is read. */
bool schedule_has_changes(const struct schedule *schedule);

struct sim_contact {
    int64_t key[KEYS];
    bool is_usable;   /* has an id */
    bool is_present;  /* not removed */
    bool is_labelled; /* bears the label of the filter */
    bool is_steady;   /* in the list since the fetch began */
};

/* A contact's id is its place in the array. */
struct server {
    const struct schedule *schedule;
    struct chance *chance;
    int64_t now_ms;
    int page_records;
    int cached_count; /* of COUNTING_CACHED */
    int contact_count;
    struct sim_contact contacts[SIMULATION_CONTACTS_MAX];
};

enum sort_key find_sort_key(const char *name);

struct answer {
    int64_t count;
    int64_t server_time;
    bool is_refused; /* no page: an error */
    int records;
    int ids[SIMULATION_PAGE_MAX];
};

void server_open(struct server *server, const struct schedule *schedule, struct chance *chance);

/* Lets time pass, and makes the changes that the schedule asks for. */
void server_step(struct server *server);

void server_answer(struct server *server, const char *sort, const char *direction, int64_t page,
                   struct answer *answer);

struct outcome {
    bool is_complete;
    bool holds_by_order; /* the pass from which on it is complete */
    bool has_rewound;    /* that pass */
    int passes;
    int requests;
    int missing; /* contacts that were there all the time and are not in what was read */
};

struct outcome simulate(const struct schedule *schedule);

#endif
