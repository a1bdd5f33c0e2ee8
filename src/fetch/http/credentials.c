#include "fetch/http/credentials.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CREDENTIALS_BYTES_MAX = 16384 };

static bool no_credentials(struct error *error)
{
    error_set(error, EXIT_UNAUTHORISED, "no credentials for the API");
    return error_hint(error, "set ROLLCALL_API_KEY and ROLLCALL_API_SECRET, or give "
                             "--credentials FILE or --credentials-command CMD, or put the host "
                             "into ~/.netrc");
}

/* json-c's own copy is overwritten. */
static char *take_member(struct json_object *object, const char *name)
{
    struct json_object *value = json_object_object_get(object, name);
    if (!json_object_is_type(value, json_type_string))
        return NULL;
    char *taken = memory_copy_text(json_object_get_string(value));
    explicit_bzero((char *)json_object_get_string(value),
                   (size_t)json_object_get_string_len(value));
    return taken;
}

static void read_json(struct credentials *credentials, const char *text)
{
    struct json_object *object = json_tokener_parse(text);
    if (json_object_is_type(object, json_type_object)) {
        credentials->key = take_member(object, "api_key");
        credentials->secret = take_member(object, "api_secret");
    }
    json_object_put(object);
}

static void read_two_lines(struct credentials *credentials, const char *text)
{
    size_t key = strcspn(text, "\r\n");
    const char *second = text + key;
    second += strspn(second, "\r\n");
    credentials->key = memory_copy_bytes(text, key);
    credentials->secret = memory_copy_bytes(second, strcspn(second, "\r\n"));
}

/* What basic authentication can carry (RFC 7617): a key without colon, and no control characters.
 */
static bool is_usable(const struct credentials *credentials)
{
    if (!credentials->key || !credentials->secret || !*credentials->key || !*credentials->secret ||
        strchr(credentials->key, ':'))
        return false;
    const char *const both[] = {credentials->key, credentials->secret};
    for (int i = 0; i < 2; i++) {
        for (const char *c = both[i]; *c; c++) {
            if ((unsigned char)*c < 0x20 || *c == 0x7F)
                return false;
        }
    }
    return true;
}

static bool check(struct credentials *credentials, struct error *error)
{
    if (is_usable(credentials))
        return true;
    error_set(error, EXIT_UNAUTHORISED, "%s: no usable API key and secret there",
              credentials->origin);
    credentials_forget(credentials);
    return false;
}

/* Reads all, or as much as credentials can be. False on a read error or if there is more. */
static bool read_stream(FILE *stream, char text[static CREDENTIALS_BYTES_MAX])
{
    setvbuf(stream, NULL, _IONBF, 0); /* no copy of the secret stays in a buffer */
    size_t length = fread(text, 1, CREDENTIALS_BYTES_MAX, stream);
    if (ferror(stream) || length == CREDENTIALS_BYTES_MAX || memchr(text, '\0', length))
        return false;
    text[length] = '\0';
    return true;
}

static bool from_command(struct credentials *credentials, const char *command, struct error *error)
{
    credentials->origin = "--credentials-command";
    FILE *output = popen(command, "re");
    if (!output)
        return error_set(error, EXIT_UNAUTHORISED, "--credentials-command: %s", strerror(errno));
    char text[CREDENTIALS_BYTES_MAX];
    bool ok = read_stream(output, text);
    int status = pclose(output);
    if (status != 0) {
        ok = false;
        error_set(error, EXIT_UNAUTHORISED, "--credentials-command: ended with %s %d",
                  WIFSIGNALED(status) ? "signal" : "exit code",
                  WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        error_hint(error, "run it by itself to see what it says");
    } else if (!ok) {
        error_set(error, EXIT_UNAUTHORISED, "--credentials-command: printed no credentials");
    } else if (text[strspn(text, " \t\r\n")] == '{') {
        read_json(credentials, text);
    } else {
        read_two_lines(credentials, text);
    }
    explicit_bzero(text, sizeof text);
    return ok && check(credentials, error);
}

static bool check_is_private(int file, const char *path, struct error *error)
{
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return error_set(error, EXIT_UNAUTHORISED, "%s: not a file", path);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) == 0)
        return true;
    error_set(error, EXIT_UNAUTHORISED, "%s: others can get at it (mode %03o)", path,
              (unsigned)status.st_mode & 0777);
    return error_hint(error, "chmod 600 %s", path);
}

/* Somebody may give the credentials themselves in the place of the file: JSON, or key:secret. */
static bool cannot_open(const char *path, struct error *error)
{
    const char *why = strerror(errno);
    if (!strpbrk(path, "{:\"\r\n"))
        return error_set(error, EXIT_UNAUTHORISED, "%s: %s", path, why);
    error_set(error, EXIT_UNAUTHORISED, "the credentials file cannot be opened: %s", why);
    return error_hint(error, "give the path of a file, and not the credentials themselves");
}

static bool from_file(struct credentials *credentials, const char *path, struct error *error)
{
    credentials->origin = path;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return cannot_open(path, error);
    FILE *stream = check_is_private(file, path, error) ? fdopen(file, "r") : NULL;
    if (!stream) {
        close(file);
        return false;
    }
    char text[CREDENTIALS_BYTES_MAX];
    if (read_stream(stream, text))
        read_json(credentials, text);
    fclose(stream);
    explicit_bzero(text, sizeof text);
    if (check(credentials, error))
        return true;
    return error_hint(error, "it has to hold {\"api_key\": \"…\", \"api_secret\": \"…\"}");
}

static bool from_environment(struct credentials *credentials, struct error *error)
{
    credentials->origin = "ROLLCALL_API_KEY and ROLLCALL_API_SECRET";
    credentials->key = memory_copy_text(getenv("ROLLCALL_API_KEY"));
    credentials->secret = memory_copy_text(getenv("ROLLCALL_API_SECRET"));
    return check(credentials, error);
}

static bool has_netrc(void)
{
    const char *home = getenv("HOME");
    char *path = memory_print("%s/.netrc", home ? home : "");
    bool readable = home && access(path, R_OK) == 0;
    free(path);
    return readable;
}

bool credentials_find(struct credentials *credentials, const char *command, const char *file,
                      struct error *error)
{
    *credentials = (struct credentials){0};
    if (command)
        return from_command(credentials, command, error);
    if (file)
        return from_file(credentials, file, error);
    if (getenv("ROLLCALL_API_KEY") || getenv("ROLLCALL_API_SECRET"))
        return from_environment(credentials, error);
    credentials->origin = "~/.netrc";
    return has_netrc() || no_credentials(error);
}

static void forget(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

void credentials_forget(struct credentials *credentials)
{
    forget(credentials->key);
    forget(credentials->secret);
    credentials->key = NULL;
    credentials->secret = NULL;
}
