/* The end of a program that runs out of memory: who removes what, and what it says. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/memory.h"
#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The program that ends: it gets the path of a file that is registered. */
typedef void (*ending)(const char *path);

/* Runs it in a process of its own. Returns the exit code; `said` gets what it wrote to standard
   error. */
static int run_to_its_end(ending end, const char *path, char said[static 256])
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[1]);
        end(path);
        _exit(99);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t got;
    while ((got = read(ends[0], said + length, 255 - length)) > 0)
        length += (size_t)got;
    said[length] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void *run_out(void *context)
{
    (void)context;
    memory_exhausted();
}

static void at_once(const char *path)
{
    cleanup_add(path);
    memory_exhausted();
}

/* What does not fit into any machine. */
static void too_much(const char *path)
{
    cleanup_add(path);
    memory_resize(NULL, SIZE_MAX / 2, 3);
}

static void kept(const char *path)
{
    cleanup_add(path);
    cleanup_forget(path);
    memory_exhausted();
}

/* The file is about to be no longer in the way when another thread runs out. */
static void while_names_change(const char *path)
{
    pthread_t thread;
    cleanup_add(path);
    cleanup_hold_signals();
    if (pthread_create(&thread, NULL, run_out, NULL) != 0)
        _exit(98);
    usleep(100000); /* time enough to remove it, for one who does not wait */
    cleanup_forget(path);
    cleanup_release_signals();
    pthread_join(thread, NULL);
}

/* The holder itself cannot wait for itself. */
static void while_holding(const char *path)
{
    cleanup_add(path);
    cleanup_hold_signals();
    memory_exhausted();
}

/* Who comes second is silent, and the first one has the time that it needs. */
static void several(const char *path)
{
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    cleanup_add(path);
    for (size_t i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, run_out, NULL) != 0)
            _exit(98);
    }
    memory_exhausted();
}

static void when_all_is_done(const char *path)
{
    cleanup_add(path);
    cleanup_hold_signals();
    cleanup_forget(path);
    cleanup_finish();
    memory_exhausted();
}

static const struct {
    const char *name;
    ending end;
    int code;
    const char *said;
    bool file_stays;
} endings[] = {
    {"at once", at_once, EXIT_UNEXPECTED, "rollcall: out of memory\n", false},
    {"too much", too_much, EXIT_UNEXPECTED, "rollcall: out of memory\n", false},
    {"kept", kept, EXIT_UNEXPECTED, "rollcall: out of memory\n", true},
    {"while names change", while_names_change, EXIT_UNEXPECTED, "rollcall: out of memory\n", true},
    {"while holding", while_holding, EXIT_UNEXPECTED, "rollcall: out of memory\n", false},
    {"several", several, EXIT_UNEXPECTED, "rollcall: out of memory\n", false},
    {"when all is done", when_all_is_done, EXIT_DONE, "", true},
};

static void test_endings(void **state)
{
    char *path = support_path(*state, "file");
    for (size_t i = 0; i < COUNT(endings); i++) {
        char said[256];
        support_write_file(path, "text");
        int code = run_to_its_end(endings[i].end, path, said);
        bool stays = access(path, F_OK) == 0;
        if (code != endings[i].code || strcmp(said, endings[i].said) != 0 ||
            stays != endings[i].file_stays)
            fail_msg("%s: exit code %d, \"%s\", the file %s", endings[i].name, code, said,
                     stays ? "stays" : "is gone");
    }
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_endings, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("cleanup", tests, NULL, NULL);
}
