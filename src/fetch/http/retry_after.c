#include "fetch/http/retry_after.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

static const int64_t seconds_max = INT64_MAX / 1000 - 1;

/* "22" and "1.5", rounded up to ms. Returns false if it is anything else. */
static bool read_seconds(const char *value, int64_t *wait_ms)
{
    const char *at = value;
    int64_t seconds = 0;
    for (; *at >= '0' && *at <= '9'; at++)
        seconds = seconds > seconds_max / 10 - 1 ? seconds_max : seconds * 10 + (*at - '0');
    if (at == value)
        return false;
    int64_t ms = 0;
    if (*at == '.') {
        int64_t unit_ms = 100;
        bool more = false;
        for (at++; *at >= '0' && *at <= '9'; at++, unit_ms /= 10) {
            ms += (*at - '0') * unit_ms;
            more |= unit_ms == 0 && *at != '0';
        }
        ms += more;
    }
    if (*at)
        return false;
    *wait_ms = seconds >= seconds_max ? INT64_MAX : seconds * 1000 + ms;
    return true;
}

int64_t retry_after_ms(const char *value, int64_t server_time, int64_t now)
{
    enum { VALUE_BYTES_MAX = 64 };
    char text[VALUE_BYTES_MAX];
    int64_t wait_ms;
    value += strspn(value, " \t");
    size_t length = strlen(value);
    while (length > 0 && strchr(" \t\r\n", value[length - 1]))
        length--;
    if (length == 0 || length >= sizeof text)
        return 0;
    memcpy(text, value, length);
    text[length] = '\0';
    if (read_seconds(text, &wait_ms))
        return wait_ms;
    int64_t date = curl_getdate(text, NULL);
    int64_t wait_s = date - (server_time > 0 ? server_time : now);
    if (date < 0 || wait_s <= 0)
        return 0;
    return wait_s > seconds_max ? INT64_MAX : wait_s * 1000;
}
