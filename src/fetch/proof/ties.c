#include "fetch/proof/ties.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { PAGES_FIRST = 64 };

static void drop_groups(struct ties *ties)
{
    for (size_t i = 0; i < ties->group_count; i++)
        id_set_clear(&ties->groups[i].ids);
    free(ties->groups);
    ties->groups = NULL;
    ties->group_count = 0;
}

void ties_reset(struct ties *ties)
{
    drop_groups(ties);
    if (ties->pages > 0)
        memset(ties->edges, 0, (size_t)ties->pages * sizeof *ties->edges);
}

static void make_room(struct ties *ties, int64_t number)
{
    int64_t room = ties->pages > 0 ? ties->pages : PAGES_FIRST;
    while (room < number)
        room *= 2;
    if (room == ties->pages)
        return;
    ties->edges = memory_resize(ties->edges, (size_t)room, sizeof *ties->edges);
    memset(&ties->edges[ties->pages], 0, (size_t)(room - ties->pages) * sizeof *ties->edges);
    ties->pages = room;
}

void ties_note(struct ties *ties, int64_t number, const struct page_facts *page)
{
    if (page->usable == 0 || !page->keys)
        return;
    make_room(ties, number);
    ties->edges[number - 1] = (struct tie_edge){page->keys[0], page->keys[page->usable - 1], true};
}

/* Whether the last contact of the page ties with the first of the next. */
static bool goes_on(const struct ties *ties, int64_t number)
{
    return number < ties->pages && ties->edges[number - 1].is_known &&
           ties->edges[number].is_known &&
           ties->edges[number - 1].last == ties->edges[number].first;
}

/* The last page of the group that begins at the end of that page. */
static int64_t find_end(const struct ties *ties, int64_t number)
{
    int64_t last = number + 1;
    while (ties->edges[last - 1].first == ties->edges[last - 1].last && goes_on(ties, last))
        last++;
    return last;
}

size_t ties_find(struct ties *ties)
{
    drop_groups(ties);
    ties->groups = memory_new(TIES_GROUPS_MAX, sizeof *ties->groups);
    int64_t number = 1;
    while (number < ties->pages && ties->group_count < TIES_GROUPS_MAX) {
        if (!goes_on(ties, number)) {
            number++;
            continue;
        }
        int64_t last = find_end(ties, number);
        ties->groups[ties->group_count++] = (struct tie_group){
            .first_page = number,
            .last_page = last,
            .key = ties->edges[number - 1].last,
            .is_open = true,
        };
        number = last;
    }
    return ties->group_count;
}

/* Goes to the first page of an open group that is not in front of that one. */
static bool move_on(const struct ties *ties, size_t *group, int64_t *page)
{
    for (; *group < ties->group_count; ++*group) {
        const struct tie_group *at = &ties->groups[*group];
        if (*page < at->first_page)
            *page = at->first_page;
        if (at->is_open && *page <= at->last_page)
            return true;
    }
    return false;
}

int64_t ties_pages(const struct ties *ties)
{
    int64_t pages = 0;
    int64_t page = 1;
    for (size_t group = 0; move_on(ties, &group, &page); page++)
        pages++;
    return pages;
}

void ties_begin_round(struct ties *ties)
{
    ties->at_group = 0;
    ties->at_page = 1;
    for (size_t i = 0; i < ties->group_count; i++) {
        ties->groups[i].records = 0;
        ties->groups[i].before = ties->groups[i].ids.count;
    }
}

int64_t ties_next(struct ties *ties)
{
    return move_on(ties, &ties->at_group, &ties->at_page) ? ties->at_page++ : 0;
}

static void look_for(struct tie_group *group, const struct page_facts *page)
{
    for (int64_t i = 0; i < page->usable; i++) {
        if (page->keys[i] != group->key)
            continue;
        group->records++;
        id_set_add(&group->ids, page->ids[i]);
    }
}

void ties_receive(struct ties *ties, int64_t number, const struct page_facts *page)
{
    for (size_t i = 0; i < ties->group_count; i++) {
        struct tie_group *group = &ties->groups[i];
        if (group->is_open && number >= group->first_page && number <= group->last_page)
            look_for(group, page);
    }
}

void ties_end_round(struct ties *ties)
{
    for (size_t i = 0; i < ties->group_count; i++) {
        struct tie_group *group = &ties->groups[i];
        group->quiet = group->ids.count > group->before ? 0 : group->quiet + 1;
        bool is_whole = (int64_t)group->ids.count >= group->records;
        if (is_whole || group->quiet >= TIES_QUIET_MAX)
            group->is_open = false;
    }
}

void ties_free(struct ties *ties)
{
    drop_groups(ties);
    free(ties->edges);
    *ties = (struct ties){0};
}
