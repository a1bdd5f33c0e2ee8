/* Credentials recognised without being kept. */
#include "fetch/http/credentials.h"

#include "base/memory.h"

#include <crypt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SHA-512 with a salt; slow on purpose, so that nobody guesses a short key. */
static const char method[] = "$6$";

/* What a hash takes in. */
enum { SECRET_BYTES = 128 };

/* Sums up a file that is longer than what a hash takes in (FNV-1a). */
static bool sum_up_netrc(char secret[static SECRET_BYTES])
{
    const char *home = getenv("HOME");
    char *path = memory_print("%s/.netrc", home ? home : "");
    FILE *file = fopen(path, "re");
    free(path);
    if (!file)
        return false;
    uint64_t sum = 0xCBF29CE484222325;
    int byte;
    while ((byte = getc(file)) != EOF)
        sum = (sum ^ (uint64_t)byte) * 0x100000001B3;
    fclose(file);
    snprintf(secret, SECRET_BYTES, "netrc %016llx", (unsigned long long)sum);
    return true;
}

/* A key that is longer than what a hash takes in is told by its beginning, which is enough. */
static bool read_secret(const struct credentials *credentials, char secret[static SECRET_BYTES])
{
    if (!credentials->key)
        return sum_up_netrc(secret);
    snprintf(secret, SECRET_BYTES, "key %s", credentials->key);
    return true;
}

/* NULL if the setting is none. */
static char *hash(const struct credentials *credentials, const char *setting)
{
    char secret[SECRET_BYTES];
    char *copy = NULL;
    struct crypt_data *data = memory_new(1, sizeof *data);
    if (read_secret(credentials, secret)) {
        const char *hashed = crypt_r(secret, setting, data);
        copy = hashed && hashed[0] != '*' ? memory_copy_text(hashed) : NULL;
    }
    explicit_bzero(secret, sizeof secret);
    explicit_bzero(data, sizeof *data);
    free(data);
    return copy;
}

char *credentials_fingerprint(const struct credentials *credentials)
{
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];
    if (!crypt_gensalt_rn(method, 0, NULL, 0, setting, sizeof setting))
        return NULL;
    return hash(credentials, setting);
}

bool credentials_match(const struct credentials *credentials, const char *fingerprint)
{
    char *hashed = hash(credentials, fingerprint);
    bool same = hashed && strcmp(hashed, fingerprint) == 0;
    free(hashed);
    return same;
}
