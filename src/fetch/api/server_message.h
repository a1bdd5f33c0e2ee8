/* What a server says about a failure, in the members that are known to hold messages. */
#ifndef ROLLCALL_SERVER_MESSAGE_H
#define ROLLCALL_SERVER_MESSAGE_H

struct buffer;
struct json_object;

enum { SERVER_MESSAGE_BYTES_MAX = 4096 }; /* of one of the texts that make up a message */

/* Appends the message in the answer, as far as it can be shown; nothing if there is none. */
void server_message_append(struct json_object *root, struct buffer *out);

#endif
