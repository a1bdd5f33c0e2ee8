#include "server.h"

#include "base/memory.h"
#include "service.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECTIONS_MAX = 512, PEM_BYTES_MAX = 65536, BACKLOG = 512 };

struct server {
    struct server_settings settings;
    struct service *service;
    struct MHD_Daemon *daemon;
    char *certificate;
    char *private_key;
};

/* The state of a connection: its current request. */
struct visit {
    struct buffer url; /* as received, for the log */
    bool is_begun;     /* the header has been seen */
};

/* State is kept by connection, not by request: the library does not report the end of some
   malformed requests. */
static void watch_connection(void *state, struct MHD_Connection *connection, void **context,
                             enum MHD_ConnectionNotificationCode event)
{
    (void)connection;
    if (event == MHD_CONNECTION_NOTIFY_STARTED) {
        const struct server *server = state;
        service_connect(server->service);
        *context = memory_new(1, sizeof(struct visit));
        return;
    }
    struct visit *visit = *context;
    buffer_free(&visit->url);
    free(visit);
}

/* Returns the context of the calls of handle for this request. */
static void *begin_request(void *state, const char *url, struct MHD_Connection *connection)
{
    (void)state;
    struct visit *visit =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    buffer_clear(&visit->url);
    buffer_append_text(&visit->url, url);
    visit->is_begun = false;
    return visit;
}

/* The library calls this for the header, for each piece of a body, and at the end, when a GET is
   answered. */
static enum MHD_Result handle(void *state, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_bytes, void **context)
{
    (void)version;
    (void)upload;
    struct visit *visit = *context;
    bool is_get = strcmp(method, MHD_HTTP_METHOD_GET) == 0;
    if (!visit->is_begun && is_get) {
        visit->is_begun = true;
        return MHD_YES;
    }
    if (*upload_bytes > 0) {
        *upload_bytes = 0;
        return MHD_YES;
    }
    const struct server *server = state;
    return service_answer(server->service, connection, path, method, buffer_text(&visit->url));
}

static char *read_pem(const char *path, struct error *error)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(errno));
        return NULL;
    }
    char *text = memory_new(PEM_BYTES_MAX + 1, 1);
    size_t length = fread(text, 1, PEM_BYTES_MAX, file);
    fclose(file);
    if (length > 0 && length < PEM_BYTES_MAX)
        return text;
    free(text);
    error_set(error, EXIT_WRONG_USE, "%s: not a PEM file", path);
    return NULL;
}

static bool load_certificate(struct server *server, struct error *error)
{
    const struct server_settings *settings = &server->settings;
    if (!settings->certificate_path)
        return true;
    if (MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
        return error_set(error, EXIT_WRONG_USE, "this libmicrohttpd was built without TLS");
    server->certificate = read_pem(settings->certificate_path, error);
    if (!server->certificate)
        return false;
    server->private_key = read_pem(settings->private_key_path, error);
    return server->private_key != NULL;
}

/* Each connection has its own thread, so a slow answer delays no other. */
static bool listen_now(struct server *server, struct error *error)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(server->settings.port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, server->certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, server->private_key},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
    if (server->certificate)
        flags |= MHD_USE_TLS;
    errno = 0;
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle, server, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_URI_LOG_CALLBACK, begin_request, NULL, MHD_OPTION_NOTIFY_CONNECTION,
        watch_connection, server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG, MHD_OPTION_ARRAY,
        server->certificate ? tls : plain, MHD_OPTION_END);
    if (!server->daemon)
        return error_set(error, EXIT_WRONG_USE, "cannot listen on 127.0.0.1:%u: %s",
                         server->settings.port, errno ? strerror(errno) : "unusable certificate");
    return true;
}

struct server *server_start(const struct server_settings *settings, struct error *error)
{
    struct server *server = memory_new(1, sizeof *server);
    server->settings = *settings;
    server->service = service_open(&server->settings, error);
    if (server->service && load_certificate(server, error) && listen_now(server, error))
        return server;
    server_stop(server);
    return NULL;
}

uint16_t server_port(const struct server *server)
{
    return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    if (server->service)
        service_interrupt(server->service);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    service_close(server->service);
    free(server->certificate);
    free(server->private_key);
    free(server);
}
