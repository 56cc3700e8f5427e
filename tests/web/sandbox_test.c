/* sandbox_test.c — an intruder inside: a child process locks itself in as the serving one does, then tries to get out.
 * Each try is made by the system's own call; what it gave is looked at outside. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/base/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "web/sandbox.h"

static char inside[64], outside[64];
static uint16_t open_port, other_port; /* somebody listens at both */

/* 0: it could; else the errno. */
static int was(long got)
{
    return got < 0 ? errno : 0;
}

static int open_it(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600), e = was(fd);
    if (fd >= 0) close(fd);
    return e;
}

static const char *path_in(const char *folder, const char *name)
{
    static char path[2][128];
    static int at;
    at = !at;
    snprintf(path[at], sizeof path[at], "%s/%s", folder, name);
    return path[at];
}

/* A program in a child of ours: 0 when it ran and ended well. */
static int run(const char *program, const char *const *words)
{
    pid_t pid = fork();
    if (pid < 0) return errno;
    if (pid == 0) {
        execv(program, (char *const *)(uintptr_t)words);
        _exit(errno);
    }
    int status = 0;
    (void)waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return errno;
    int e = was(connect(fd, (struct sockaddr *)&to, sizeof to));
    close(fd);
    return e;
}

/* ---- what must still be possible ---- */

static int writes_inside(void)
{
    int e = open_it(path_in(inside, "new"), O_CREAT | O_RDWR);
    if (e == 0) e = was(mkdir(path_in(inside, "ab"), 0700));
    if (e == 0) e = was(rename(path_in(inside, "new"), path_in(inside, "ab/new")));
    if (e == 0) e = was(truncate(path_in(inside, "ab/new"), 0));
    return e == 0 ? was(unlink(path_in(inside, "ab/new"))) : e;
}
static int reads_libraries(void)
{
    return open_it("/usr/lib", O_RDONLY | O_DIRECTORY);
}
static int starts_itself(void)
{
    return run("/proc/self/exe", (const char *const[]){"sandbox_test", "--hello", NULL});
}
static int calls_its_database(void)
{
    return connect_to(open_port);
}

/* ---- what must not ---- */

static int reads_shadow(void) { return open_it("/etc/shadow", O_RDONLY); }
static int reads_keys(void) { return open_it("/etc/ssh", O_RDONLY | O_DIRECTORY); }
static int lists_root(void) { return open_it("/", O_RDONLY | O_DIRECTORY); }
static int reads_another(void) { return open_it(path_in(outside, "kept"), O_RDONLY); }
static int writes_another(void) { return open_it(path_in(outside, "kept"), O_WRONLY); }
static int makes_elsewhere(void) { return open_it(path_in(outside, "new"), O_CREAT | O_WRONLY); }
static int makes_in_etc(void) { return open_it("/etc/sarn-escape", O_CREAT | O_WRONLY); }
static int removes_elsewhere(void) { return was(unlink(path_in(outside, "kept"))); }
static int takes_in(void) { return was(rename(path_in(outside, "kept"), path_in(inside, "kept"))); }
static int links_in(void) { return was(link(path_in(outside, "kept"), path_in(inside, "kept"))); }
static int points_out(void) { return was(symlink("/etc/shadow", path_in(inside, "shadow"))); }
static int writes_memory(void) { return open_it("/proc/self/mem", O_RDWR); }
static int reads_parent(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/environ", (int)getppid());
    return open_it(path, O_RDONLY);
}
static int runs_shell(void) { return run("/bin/sh", (const char *const[]){"sh", "-c", "exit 0", NULL}); }
static int loads_shell(void)
{
    return run("/lib64/ld-linux-x86-64.so.2", (const char *const[]){"ld.so", "/bin/sh", "-c", "exit 0", NULL});
}
static int runs_brought(void)
{
    int fd = open(path_in(inside, "tool"), O_CREAT | O_WRONLY | O_CLOEXEC, 0700);
    if (fd < 0 || write(fd, "#!/bin/sh\nexit 0\n", 17) != 17) return 0;
    close(fd);
    return run(path_in(inside, "tool"), (const char *const[]){"tool", NULL});
}
static int runs_memory(void)
{
    int fd = memfd_create("x", 0);
    if (fd < 0 || write(fd, "#!/bin/sh\nexit 0\n", 17) != 17) return 0;
    return was(syscall(SYS_execveat, fd, "", NULL, NULL, AT_EMPTY_PATH));
}
static int traces_parent(void) { return was(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL)); }
static int is_traced(void) { return was(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }
static int looks_into_parent(void)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {outside, 1};
    return was(process_vm_readv(getppid(), &here, 1, &there, 1, 0));
}
static int ends_parent(void) { return was(kill(getppid(), 0)); }
static int mounts(void) { return was(mount("none", inside, "tmpfs", 0, NULL)); }
static int leaves_namespace(void) { return was(unshare(CLONE_NEWUSER)); }
static int clones_namespace(void) { return was(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL)); }
static int makes_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? 0 : was(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}
static int becomes_root(void) { return was(syscall(SYS_setresuid, 0, 0, 0)); }
static int asks_bpf(void) { return was(syscall(SYS_bpf, 0, NULL, 0)); }
static int asks_uring(void) { return was(syscall(SYS_io_uring_setup, 1, NULL)); }
static int opens_by_handle(void) { return was(syscall(SYS_open_by_handle_at, AT_FDCWD, NULL, 0)); }
static int calls_elsewhere(void) { return connect_to(other_port); }
static int has_a_socket(void) { return was(socket(AF_INET, SOCK_STREAM, 0)); }
static int has_a_local_socket(void) { return was(socket(AF_UNIX, SOCK_STREAM, 0)); }
static int opens_a_door(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    return was(bind(0, (struct sockaddr *)&at, sizeof at));
}

#define TRY_IT(f) {#f, f}
struct attempt {
    const char *name;
    int (*try)(void);
};
static const struct attempt may[] = {TRY_IT(writes_inside), TRY_IT(reads_libraries), TRY_IT(starts_itself)};
static const struct attempt paths[] = {
    TRY_IT(reads_shadow), TRY_IT(reads_keys), TRY_IT(lists_root), TRY_IT(reads_another), TRY_IT(writes_another), TRY_IT(makes_elsewhere),
    TRY_IT(makes_in_etc), TRY_IT(removes_elsewhere), TRY_IT(takes_in), TRY_IT(links_in), TRY_IT(points_out),
    TRY_IT(writes_memory), TRY_IT(reads_parent), TRY_IT(runs_shell), TRY_IT(loads_shell), TRY_IT(runs_brought)};
static const struct attempt calls[] = {
    TRY_IT(runs_memory), TRY_IT(traces_parent), TRY_IT(is_traced), TRY_IT(looks_into_parent), TRY_IT(mounts), TRY_IT(leaves_namespace),
    TRY_IT(clones_namespace), TRY_IT(makes_code), TRY_IT(becomes_root), TRY_IT(asks_bpf), TRY_IT(asks_uring), TRY_IT(opens_by_handle),
    TRY_IT(opens_a_door)};

#define TRIES_MAX 64
struct result {
    struct sandbox_holds holds;
    int got[TRIES_MAX];
};

/* Locks a child in and lets it try them all; what it found lies in memory that both see. */
static struct result *locked_in(const struct sandbox *s, const struct attempt *tries, size_t n)
{
    struct result *r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(r != MAP_FAILED && n <= TRIES_MAX);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        r->holds = sandbox_enter(s);
        for (size_t i = 0; i < n; i++) r->got[i] = tries[i].try();
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return r;
}

static struct sandbox usual(void)
{
    return (struct sandbox){.folders = {inside}};
}

static void must_work(const struct sandbox *s, const struct attempt *tries, size_t n)
{
    struct result *r = locked_in(s, tries, n);
    for (size_t i = 0; i < n; i++)
        if (r->got[i] != 0) fail_msg("%s: %s", tries[i].name, strerror(r->got[i]));
    munmap(r, sizeof *r);
}

static void must_fail(const struct sandbox *s, const struct attempt *tries, size_t n)
{
    struct result *r = locked_in(s, tries, n);
    for (size_t i = 0; i < n; i++) {
        print_message("%-20s %s\n", tries[i].name, strerror(r->got[i]));
        if (r->got[i] == 0) fail_msg("%s: it could", tries[i].name);
    }
    munmap(r, sizeof *r);
}

/* A kernel without landlock is said in the log of serve; there is nothing to show on it. */
static void need_paths(void)
{
    struct sandbox s = usual();
    struct result *r = locked_in(&s, NULL, 0);
    struct sandbox_holds holds = r->holds;
    munmap(r, sizeof *r);
    assert_true(holds.calls);
    if (!holds.paths || !holds.ports) skip();
}

static void what_serving_needs_works(void **state)
{
    (void)state;
    struct sandbox s = usual();
    must_work(&s, may, sizeof may / sizeof may[0]);
}

static void no_other_file_and_no_other_program(void **state)
{
    (void)state;
    need_paths();
    struct sandbox s = usual();
    must_fail(&s, paths, sizeof paths / sizeof paths[0]);
    assert_int_equal(open_it(path_in(outside, "kept"), O_RDONLY), 0); /* outside it is as it was */
}

static void no_call_that_serving_does_not_need(void **state)
{
    (void)state;
    struct sandbox s = usual();
    must_fail(&s, calls, sizeof calls / sizeof calls[0]);
}

static void no_other_process(void **state)
{
    (void)state;
    need_paths();
    static const struct attempt tries[] = {TRY_IT(ends_parent)};
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 6) skip();
    struct sandbox s = usual();
    must_fail(&s, tries, 1);
}

static void with_a_file_no_machine(void **state)
{
    (void)state;
    static const struct attempt tries[] = {TRY_IT(has_a_socket), TRY_IT(has_a_local_socket), TRY_IT(calls_its_database)};
    struct sandbox s = usual();
    must_fail(&s, tries, 3);
}

static void with_a_server_only_that_one(void **state)
{
    (void)state;
    need_paths();
    static const struct attempt good[] = {TRY_IT(calls_its_database)}, bad[] = {TRY_IT(calls_elsewhere)};
    struct sandbox s = {.folders = {inside}, .may_call = true, .port = open_port};
    must_work(&s, good, 1);
    must_fail(&s, bad, 1);
}

static void with_a_server_here_no_network(void **state)
{
    (void)state;
    static const struct attempt good[] = {TRY_IT(has_a_local_socket)}, bad[] = {TRY_IT(has_a_socket)};
    struct sandbox s = {.folders = {inside}, .may_call = true};
    must_work(&s, good, 1);
    must_fail(&s, bad, 1);
}

static uint16_t listening(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 && listen(fd, 8) == 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    return ntohs(at.sin_port);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_serving_needs_works),          cmocka_unit_test(no_other_file_and_no_other_program),
        cmocka_unit_test(no_call_that_serving_does_not_need), cmocka_unit_test(no_other_process),
        cmocka_unit_test(with_a_file_no_machine),            cmocka_unit_test(with_a_server_only_that_one),
        cmocka_unit_test(with_a_server_here_no_network),
    };
    if (argc == 2 && strcmp(argv[1], "--hello") == 0) _exit(0); /* started from inside, where no leak checker works */
    snprintf(inside, sizeof inside, "/tmp/sarn-in.XXXXXX");
    snprintf(outside, sizeof outside, "/tmp/sarn-out.XXXXXX");
    if (mkdtemp(inside) == NULL || mkdtemp(outside) == NULL) return 1;
    if (open_it(path_in(outside, "kept"), O_CREAT | O_WRONLY) != 0) return 1;
    open_port = listening();
    other_port = listening();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    const char *left[] = {path_in(outside, "kept"), path_in(inside, "tool")};
    for (int i = 0; i < 2; i++) (void)unlink(left[i]);
    (void)rmdir(path_in(inside, "ab"));
    (void)rmdir(inside);
    (void)rmdir(outside);
    return failed;
}
