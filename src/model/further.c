#include "model/further.h"

#include "model/custom.h"
#include "model/fold.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_blank(const char *text)
{
    return !text || fold_is_blank(text);
}

/* A text or a number under that key; NULL if it is blank or anything else. */
static const char *text_under(struct json_object *object, const char *key, struct arena *arena)
{
    struct json_object *value = object ? json_object_object_get(object, key) : NULL;
    if (!json_object_is_type(value, json_type_string) &&
        !json_object_is_type(value, json_type_int) && !json_object_is_type(value, json_type_double))
        return NULL;
    const char *text = custom_cell(object, key, arena).text;
    return is_blank(text) ? NULL : text;
}

/* Most contacts have an `extra` without a company, or none: the search spares parsing it. */
static const char *company_in_extra(const char *extra, struct arena *arena)
{
    if (!extra || !strstr(extra, "\"company\""))
        return NULL;
    struct json_object *object = custom_parse(extra);
    struct json_object *attributes =
        object ? json_object_object_get(object, "additional_attributes") : NULL;
    const char *company = json_object_is_type(attributes, json_type_object)
                              ? text_under(attributes, "company", arena)
                              : NULL;
    custom_free(object);
    return company;
}

static const char *text_in_custom(const char *custom, const char *key, struct arena *arena)
{
    if (!key || !custom)
        return NULL;
    struct json_object *object = custom_parse(custom);
    const char *text = text_under(object, key, arena);
    custom_free(object);
    return text;
}

const char *further_company(const char *company_name, const char *extra, const char *custom,
                            const char *key, struct arena *arena)
{
    if (!is_blank(company_name))
        return company_name;
    const char *company = company_in_extra(extra, arena);
    if (!company)
        company = text_in_custom(custom, key, arena);
    return company ? company : company_name;
}

const char *further_country(const char *code, const char *country, const char *custom,
                            const char *key, struct arena *arena)
{
    if (!is_blank(code) || !is_blank(country))
        return country;
    const char *text = text_in_custom(custom, key, arena);
    return text ? text : country;
}
