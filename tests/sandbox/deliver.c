#include "deliver.h"

#include "base/memory.h"
#include "echo.h"
#include "nap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BLOCK_BYTES = 65536 };

static const char json_type[] = "application/json; charset=utf-8";

static const char endless_start[] = "{\"meta\":{\"count\":1,\"current_page\":\"1\"},\"payload\":[";
static const char endless_rest[] = "{\"id\":1,\"name\":\"again\",\"email\":\"again@example.com\"},";

/* A body that is not sent in one go. */
struct trickle {
    char *bytes;
    uint64_t length;
    uint64_t cut_at; /* UINT64_MAX if it comes whole */
    uint32_t drip_ms;
    bool is_endless;
    int stop_fd;
};

static void free_trickle(void *state)
{
    struct trickle *trickle = state;
    free(trickle->bytes);
    free(trickle);
}

static size_t fill_endless(uint64_t position, char *bytes, size_t size)
{
    const size_t start = sizeof endless_start - 1;
    const size_t rest = sizeof endless_rest - 1;
    for (size_t i = 0; i < size; i++) {
        uint64_t at = position + i;
        bytes[i] = at < start ? endless_start[at] : endless_rest[(at - start) % rest];
    }
    return size;
}

static ssize_t read_trickle(void *state, uint64_t position, char *bytes, size_t size)
{
    const struct trickle *trickle = state;
    if (position >= trickle->cut_at)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (!trickle->is_endless && position >= trickle->length)
        return MHD_CONTENT_READER_END_OF_STREAM;
    /* Without a drip this only checks whether the server ends, which is the only end of an endless
       body. */
    if (position > 0 && !nap_ms(trickle->stop_fd, trickle->drip_ms))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (trickle->drip_ms > 0)
        size = 1;
    if (size > trickle->cut_at - position)
        size = (size_t)(trickle->cut_at - position);
    if (trickle->is_endless)
        return (ssize_t)fill_endless(position, bytes, size);
    if (size > trickle->length - position)
        size = (size_t)(trickle->length - position);
    memcpy(bytes, trickle->bytes + position, size);
    return (ssize_t)size;
}

static struct MHD_Response *make_trickle(const struct plan *plan, struct buffer *body, int stop_fd)
{
    struct trickle *trickle = memory_new(1, sizeof *trickle);
    size_t length = body->length;
    *trickle = (struct trickle){
        .length = length,
        .bytes = buffer_take(body),
        .cut_at = plan->is_cut ? plan->cut_bytes : UINT64_MAX,
        .drip_ms = plan->drip_ms,
        .is_endless = plan->is_endless,
        .stop_fd = stop_fd,
    };
    bool is_unknown = plan->is_endless || plan->has_wrong_length;
    uint64_t announced = is_unknown ? MHD_SIZE_UNKNOWN : trickle->length;
    struct MHD_Response *response = MHD_create_response_from_callback(
        announced, BLOCK_BYTES, read_trickle, trickle, free_trickle);
    if (!response)
        free_trickle(trickle);
    return response;
}

static struct MHD_Response *make_whole(struct buffer *body)
{
    size_t length = body->length;
    char *bytes = buffer_take(body);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(length, bytes, MHD_RESPMEM_MUST_FREE);
    if (!response)
        free(bytes);
    return response;
}

static void add_retry_after(struct MHD_Response *response, const struct plan *plan)
{
    char text[64];
    snprintf(text, sizeof text, "%u", plan->retry_after_seconds);
    if (plan->retry_after_as_date) {
        time_t at = time(NULL) + (time_t)plan->retry_after_seconds;
        struct tm parts;
        gmtime_r(&at, &parts);
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, text);
}

/* The library sends no header without a value, so an empty value is sent as a blank, which readers
   ignore. */
static void add_headers(struct MHD_Response *response, struct MHD_Connection *connection,
                        const struct plan *plan)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        struct buffer value = {0};
        echo_append(connection, plan->headers[i].value, &value);
        const char *text = value.length > 0 ? buffer_text(&value) : " ";
        if (MHD_add_response_header(response, plan->headers[i].name, text) != MHD_YES)
            fprintf(stderr, "rollcall-sandbox: cannot send %s\n", plan->headers[i].name);
        buffer_free(&value);
    }
}

/* With the rules of HTTP/1.0 the library adds no length of its own and closes the connection after
   the body. Otherwise the client could not tell where the next answer begins. */
static void announce_wrongly(struct MHD_Response *response, uint64_t bytes)
{
    enum MHD_ResponseFlags flags =
        MHD_RF_HTTP_1_0_COMPATIBLE_STRICT | MHD_RF_INSANITY_HEADER_CONTENT_LENGTH;
    char text[32];
    snprintf(text, sizeof text, "%" PRIu64, bytes);
    MHD_set_response_options(response, flags, MHD_RO_END);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_LENGTH, text);
}

enum MHD_Result deliver(struct MHD_Connection *connection, const struct plan *plan,
                        struct buffer *body, int stop_fd)
{
    bool is_whole =
        !plan->is_cut && !plan->is_endless && !plan->has_wrong_length && plan->drip_ms == 0;
    struct MHD_Response *response = is_whole ? make_whole(body) : make_trickle(plan, body, stop_fd);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            plan->content_type ? plan->content_type : json_type);
    if (plan->has_retry_after)
        add_retry_after(response, plan);
    add_headers(response, connection, plan);
    if (plan->has_wrong_length)
        announce_wrongly(response, plan->announced_bytes);
    enum MHD_Result result = MHD_queue_response(connection, plan->status, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result deliver_reset(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    /* On Linux a connect to AF_UNSPEC resets the connection, while the library still owns the
       socket and closes it. */
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (info && connect(info->connect_fd, &nowhere, sizeof nowhere) < 0)
        perror("rollcall-sandbox: reset");
    return MHD_NO;
}

enum MHD_Result deliver_stream(struct MHD_Connection *connection, MHD_ContentReaderCallback read,
                               void *state, MHD_ContentReaderFreeCallback free_state)
{
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, read, state, free_state);
    if (!response) {
        free_state(state);
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, json_type);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}
