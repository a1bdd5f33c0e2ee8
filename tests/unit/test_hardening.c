/* What the process asks of the system before it holds a secret. */
#include "hardening.h"
#include "support.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* A sanitizer's build stays open to the search for leaks. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { DUMPABLE = 1 };
#else
enum { DUMPABLE = 0 };
#endif

static void test_start(void **state)
{
    (void)state;
    struct rlimit limit;
    hardening_start();
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_cur, 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L), DUMPABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_start)};
    return cmocka_run_group_tests_name("hardening", tests, NULL, NULL);
}
