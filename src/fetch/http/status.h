/* The HTTP status codes that mean something to a fetch. */
#ifndef ROLLCALL_HTTP_STATUS_H
#define ROLLCALL_HTTP_STATUS_H

enum http_status {
    STATUS_OK = 200,
    STATUS_NO_CONTENT = 204,
    STATUS_MULTIPLE_CHOICES = 300, /* the first of the redirects */
    STATUS_BAD_REQUEST = 400,      /* the first of the client's errors */
    STATUS_UNAUTHORIZED = 401,
    STATUS_FORBIDDEN = 403,
    STATUS_NOT_FOUND = 404,
    STATUS_PROXY_UNAUTHORIZED = 407,
    STATUS_REQUEST_TIMEOUT = 408,
    STATUS_UNPROCESSABLE = 422,
    STATUS_TOO_MANY_REQUESTS = 429,
    STATUS_SERVER_ERRORS = 500, /* the first of the server's errors */
    STATUS_NOT_IMPLEMENTED = 501,
    STATUS_BAD_GATEWAY = 502,
    STATUS_UNAVAILABLE = 503,
    STATUS_GATEWAY_TIMEOUT = 504,
};

#endif
