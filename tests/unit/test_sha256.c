/* SHA-256, by the examples of FIPS 180-4 and NIST's test vectors. */
#include "base/sha256.h"

#include "support.h"

#include <string.h>

static const struct {
    const char *bytes;
    int times;
    const char *sum;
} cases[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"aaaaaaaaaa", 100000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

static void test_sums(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char hex[SHA256_HEX_BYTES];
        struct error error = {0};
        struct sha256 *sum = sha256_begin();
        for (int n = 0; n < cases[i].times; n++)
            sha256_add(sum, cases[i].bytes, strlen(cases[i].bytes));
        assert_true(sha256_end(sum, hex, &error));
        assert_string_equal(hex, cases[i].sum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
