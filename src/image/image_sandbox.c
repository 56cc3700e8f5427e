/* image_sandbox.c — the helper locks itself in before it reads the first byte of a stranger's image.
 *
 * Three walls, each enough against most of what a broken decoder could be made to do: limits (memory,
 * time, size of files, no further descriptor), landlock (no path at all), and a list of system calls;
 * any other call ends the process. Reading, writing, memory without execution, and the end are on it. */
#include <errno.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/seccomp.h"
#include "image/image_internal.h"

#define MEMORY_MAX ((rlim_t)768 << 20) /* 50 megapixels of RGBA and what is made of them */
#define CPU_S      10
#define OUTPUT_MAX ((rlim_t)16 << 20)

static void limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit r = {most, most};
    (void)setrlimit(what, &r);
}

static void set_limits(void)
{
#ifndef __SANITIZE_ADDRESS__ /* its shadow is terabytes of address space */
    limit(RLIMIT_AS, MEMORY_MAX);
#endif
    limit(RLIMIT_CPU, CPU_S);
    limit(RLIMIT_FSIZE, OUTPUT_MAX);
    limit(RLIMIT_CORE, 0); /* somebody's photo does not belong into a dump */
    limit(RLIMIT_NOFILE, 0);
}

/* No rule is added: every right that this kernel knows is handled, so none is left. */
static bool forbid_paths(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) return false;
    struct landlock_ruleset_attr all = {.handled_access_fs = (1U << 13) - 1}; /* the first version's */
    long fd = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (fd < 0) return false;
    long done = syscall(SYS_landlock_restrict_self, (int)fd, 0);
    close((int)fd);
    return done == 0;
}

#ifdef SECCOMP_ARCH
#define MAY(call)                                                                                  \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* Memory that can be executed is how a broken decoder becomes somebody's program. The number is
 * loaded again behind it. */
#define MAY_UNLESS_EXECUTABLE(call)                                                                \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), SECCOMP_LOAD(args[2]),                         \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),                                     \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),                                       \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static bool forbid_calls(void)
{
    static const struct sock_filter filter[] = {
        SECCOMP_BEGIN,
        MAY(read),
        MAY(write),
        MAY(brk),
        MAY(munmap),
        MAY(mremap),
        MAY(madvise),
        MAY_UNLESS_EXECUTABLE(mmap),
        MAY_UNLESS_EXECUTABLE(mprotect),
        MAY(futex),
        MAY(clock_gettime),
        MAY(rt_sigreturn),
        MAY(exit),
        MAY(exit_group),
#ifdef __SANITIZE_ADDRESS__ /* what its runtime does while it watches */
        MAY(getpid),
        MAY(gettid),
        MAY(sched_yield),
        MAY(sigaltstack),
        MAY(rt_sigprocmask),
        MAY(rt_sigaction),
#endif
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    const struct sock_fprog program = {sizeof filter / sizeof filter[0],
                                       (struct sock_filter *)(uintptr_t)filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool forbid_calls(void)
{
    return false;
}
#endif

bool image_sandbox_enter(void)
{
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* the server is gone: so is the asker */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
    bool has_paths = forbid_paths(); /* takes a descriptor: before the limits */
    set_limits();
    bool has_calls = forbid_calls();
    return has_paths || has_calls;
}
