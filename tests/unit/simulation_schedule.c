/* Schedules of what happens during a fetch, made from a seed. */
#include "simulation.h"

int chance_below(struct chance *chance, int bound)
{
    chance->state += 0x9E3779B97F4A7C15U; /* splitmix64 */
    uint64_t mixed = chance->state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31;
    return (int)((mixed >> 33) % (uint64_t)bound);
}

int chance_between(struct chance *chance, int low, int high)
{
    return low + chance_below(chance, high - low + 1);
}

bool chance_of(struct chance *chance, int percent)
{
    return chance_below(chance, 100) < percent;
}

/* Often none, mostly few, sometimes so many that nothing settles. */
static int make_rate(struct chance *chance)
{
    static const int rates[] = {0, 0, 0, 1, 3, 8, 20};
    return rates[chance_below(chance, sizeof rates / sizeof *rates)];
}

static struct changes make_changes(struct chance *chance)
{
    if (chance_of(chance, 25))
        return (struct changes){0};
    struct changes changes;
    changes.create = make_rate(chance);
    changes.remove = make_rate(chance);
    changes.edit = make_rate(chance);
    changes.relabel = make_rate(chance);
    changes.swap = make_rate(chance);
    return changes;
}

/* Seldom a limit, and only where contacts keep their places: an edit can move one that was read to
   the other end, where it is no witness. */
static struct cap make_cap(struct chance *chance, const struct schedule *schedule)
{
    bool keeps_places = schedule->sort == KEY_CREATED_AT && schedule->imported == 0 &&
                        schedule->recent == 0 && !schedule->is_descending;
    if (!keeps_places || !chance_of(chance, 40))
        return (struct cap){0};
    return (struct cap){SIMULATION_ROUND * chance_between(chance, 1, 3), chance_of(chance, 70)};
}

static enum counting make_counting(struct chance *chance)
{
    return chance_of(chance, 60) ? COUNTING_EXACT : (enum counting)chance_below(chance, COUNTINGS);
}

/* Seldom another, and not where the count is odd as well: that would be two faults of the server at
 * once, each of which hides the other. */
static int make_later_records(struct chance *chance, const struct schedule *schedule)
{
    bool changes = chance_of(chance, 5) && schedule->counting == COUNTING_EXACT;
    return changes ? chance_between(chance, 1, SIMULATION_PAGE_MAX) : schedule->page_records;
}

/* One of a few, so that the ends of a range come as often as its middle. */
static int pick(struct chance *chance, const int *values, int count)
{
    return values[chance_below(chance, count)];
}

struct schedule schedule_make(uint64_t seed)
{
    static const int steps_ms[] = {1, 40, 300, 3000};
    static const int shares[] = {0, 0, 0, 10, 40, 100};
    struct chance chance = {seed};
    struct schedule schedule = {.seed = seed};
    schedule.contacts = chance_between(&chance, 0, chance_of(&chance, 50) ? 12 : 36);
    schedule.contacts_max = 64;
    schedule.spread_s = 7200;
    schedule.page_records =
        chance_between(&chance, 1, chance_of(&chance, 50) ? 4 : SIMULATION_PAGE_MAX);
    schedule.slots = chance_between(&chance, 1, 8);
    schedule.step_ms = pick(&chance, steps_ms, 4);
    schedule.imported = pick(&chance, shares, 6);
    schedule.unusable = chance_of(&chance, 5) ? 10 : 0;
    schedule.recent = pick(&chance, shares, 5);
    schedule.lost = chance_of(&chance, 20) ? chance_between(&chance, 1, 30) : 0;
    schedule.sort =
        chance_of(&chance, 50) ? KEY_CREATED_AT : (enum sort_key)chance_below(&chance, KEYS);
    schedule.is_descending = chance_of(&chance, 15);
    schedule.is_filtered = chance_of(&chance, 40);
    schedule.counting = make_counting(&chance);
    schedule.count_off = chance_between(&chance, -3, 3);
    schedule.is_deaf = chance_of(&chance, 20);
    schedule.cap = make_cap(&chance, &schedule);
    if (schedule.cap.contacts > 0)
        schedule.spread_s = 1000 * 1000 * 1000; /* no two at once */
    schedule.ending =
        chance_of(&chance, 70) ? ENDING_EMPTY : (enum ending)chance_below(&chance, ENDINGS);
    schedule.later_records = make_later_records(&chance, &schedule);
    schedule.changes = make_changes(&chance);
    return schedule;
}

/* A list that a sentinel can prove, if not too much is removed. */
static void make_plain(struct chance *chance, struct schedule *schedule)
{
    static const int rates[] = {0, 1, 1, 2, 4};
    static const int spreads_s[] = {7200, 7200, 1000, 100};
    schedule->contacts = chance_between(chance, 10, 100);
    schedule->page_records = chance_between(chance, 1, 5);
    schedule->later_records = schedule->page_records;
    schedule->spread_s = pick(chance, spreads_s, 4);
    schedule->imported = 0;
    schedule->unusable = 0;
    schedule->recent = 0;
    schedule->counting = COUNTING_EXACT;
    schedule->cap = (struct cap){0};
    schedule->changes.remove = pick(chance, rates, 5);
    schedule->changes.swap = pick(chance, rates, 4);
    schedule->changes.create = pick(chance, rates, 5);
}

struct schedule schedule_make_ordered(uint64_t seed)
{
    struct schedule schedule = schedule_make(seed);
    struct chance chance = {~seed};
    schedule.contacts = chance_between(&chance, 1, chance_of(&chance, 50) ? 30 : 100);
    schedule.contacts_max = SIMULATION_CONTACTS_MAX;
    schedule.slots = chance_between(&chance, 1, chance_of(&chance, 70) ? 3 : 8);
    schedule.sort = KEY_CREATED_AT;
    schedule.is_descending = false;
    schedule.is_filtered = false;
    schedule.sentinel.pages_min = chance_between(&chance, 2, 5);
    schedule.sentinel.interval = chance_between(&chance, 1, 8);
    if (chance_of(&chance, 70))
        make_plain(&chance, &schedule);
    return schedule;
}

bool schedule_has_changes(const struct schedule *schedule)
{
    const struct changes *changes = &schedule->changes;
    return changes->create + changes->remove + changes->edit + changes->relabel + changes->swap >
               0 ||
           schedule->later_records != schedule->page_records;
}
