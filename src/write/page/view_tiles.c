/* The key figures. */
#include "write/page/view_parts.h"

#include <json-c/json.h>

struct tile {
    const char *key;
    enum text_id label;
    int64_t days; /* named in the label; 0: no days there */
    int64_t contacts;
};

static struct json_object *make_tile(const struct report *report, const struct tile *tile)
{
    char days[LANGUAGE_FORMAT_BYTES];
    struct json_object *object = json_object_new_object();
    language_number(report->language, tile->days, days);
    view_add_text(object, "key", tile->key);
    view_add_filled(object, report, "label", tile->label, (const char *const[]){days}, 1);
    view_add_contacts(object, report, tile->contacts);
    view_add_flag(object, "is_total", tile->label == TEXT_TILE_CONTACTS);
    return object;
}

void view_add_tiles(struct json_object *view, const struct report *report)
{
    struct totals totals = tally_totals(report->tally);
    const struct tile tiles[] = {
        {"contacts", TEXT_TILE_CONTACTS, 0, totals.contacts},
        {"new", TEXT_TILE_NEW, 7, totals.new_7_days},
        {"active", TEXT_TILE_ACTIVE, 30, totals.active_30_days},
        {"never_active", TEXT_TILE_NEVER_ACTIVE, 0, totals.never_active},
        {"blocked", TEXT_TILE_BLOCKED, 0, totals.blocked},
        {"email", TEXT_TILE_EMAIL, 0, totals.with_email},
        {"phone", TEXT_TILE_PHONE, 0, totals.with_phone},
    };
    struct json_object *list = json_object_new_array();
    struct json_object *by_key = json_object_new_object();
    for (size_t i = 0; i < sizeof tiles / sizeof *tiles; i++) {
        struct json_object *tile = make_tile(report, &tiles[i]);
        json_object_array_add(list, json_object_get(tile));
        json_object_object_add(by_key, tiles[i].key, tile);
    }
    json_object_object_add(view, "tiles", list);
    json_object_object_add(view, "figure", by_key);
}
