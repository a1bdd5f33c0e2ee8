#include "base/sha256.h"

#include "base/memory.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct sha256 {
    EVP_MD_CTX *context; /* NULL after a failure */
};

static void give_up(struct sha256 *sum)
{
    EVP_MD_CTX_free(sum->context);
    sum->context = NULL;
}

struct sha256 *sha256_begin(void)
{
    struct sha256 *sum = memory_new(1, sizeof *sum);
    sum->context = EVP_MD_CTX_new();
    if (sum->context && EVP_DigestInit_ex(sum->context, EVP_sha256(), NULL) != 1)
        give_up(sum);
    return sum;
}

void sha256_add(struct sha256 *sum, const void *bytes, size_t length)
{
    if (sum->context && EVP_DigestUpdate(sum->context, bytes, length) != 1)
        give_up(sum);
}

bool sha256_end(struct sha256 *sum, char hex[static SHA256_HEX_BYTES], struct error *error)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    bool ok = sum->context && EVP_DigestFinal_ex(sum->context, bytes, NULL) == 1;
    EVP_MD_CTX_free(sum->context);
    free(sum);
    if (!ok)
        return error_set(error, EXIT_UNEXPECTED, "OpenSSL cannot compute SHA-256");
    for (size_t i = 0; i < SHA256_HEX_BYTES / 2; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 0x0F];
    }
    hex[SHA256_HEX_BYTES - 1] = '\0';
    return true;
}
