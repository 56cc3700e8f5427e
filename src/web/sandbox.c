/* sandbox.c — see sandbox.h. landlock says which paths, seccomp which calls. A refused call fails with EPERM, a refused
 * path with EACCES: a fault of a rule here is an error of one request, not the end of the service. */
#include "web/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/seccomp.h"

/* ---- paths and ports ---- */

/* As of landlock's sixth version; Debian's headers are of an older one. */
struct ruleset {
    uint64_t paths, ports, scoped;
};
struct port_rule {
    uint64_t access, port;
} __attribute__((packed));
#define PORT_RULE      2
#define PORT_BIND      UINT64_C(1)
#define PORT_CONNECT   UINT64_C(2)
#define SCOPE_SIGNAL   UINT64_C(2)
#define FS_TRUNCATE    (UINT64_C(1) << 14) /* version 3 */
#define FS_IOCTL_DEV   (UINT64_C(1) << 15) /* version 5 */
#define FS_FIRST       ((UINT64_C(1) << 13) - 1)
#define FS_READ        (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_OF_A_FILE   (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)
#define FS_KEEP                                                                                                        \
    (FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |        \
     LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REFER | FS_TRUNCATE)

/* Programs, typefaces, names of machines and certificates: what libraries read while they work. */
static const char *const to_read[] = {
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share", "/var/cache/fontconfig", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/localtime", "/etc/timezone", "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/run/systemd/resolve", "/etc/nsswitch.conf",
    "/etc/gai.conf", "/etc/services", "/etc/passwd", "/etc/group", "/etc/ssl", "/etc/krb5.conf", "/etc/postgresql-common", "/proc/self",
    "/proc/sys/vm", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random"};
/* The photo helper: this program itself, and what loads it. */
static const char *const to_run[] = {"/proc/self/exe", "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"};

/* A path that is not there needs no rule. */
static void allow(int rules, const char *path, uint64_t what)
{
    struct stat st;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return;
    if (fstat(fd, &st) == 0) {
        struct landlock_path_beneath_attr rule = {.allowed_access = S_ISDIR(st.st_mode) ? what : what & FS_OF_A_FILE, .parent_fd = fd};
        (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

/* Where libpq looks for a password or a certificate of its own. */
static void allow_own_secrets(int rules)
{
    const char *home = getenv("HOME"), *file = getenv("PGPASSFILE");
    char path[512];
    if (file != NULL) allow(rules, file, FS_READ);
    for (int i = 0; home != NULL && i < 2; i++) {
        int n = snprintf(path, sizeof path, "%s/%s", home, i == 0 ? ".pgpass" : ".postgresql");
        if (n > 0 && (size_t)n < sizeof path) allow(rules, path, FS_READ);
    }
}

static void fill(int rules, const struct sandbox *s, uint64_t known)
{
    for (size_t i = 0; i < sizeof to_read / sizeof to_read[0]; i++) allow(rules, to_read[i], FS_READ & known);
    for (size_t i = 0; i < sizeof to_run / sizeof to_run[0]; i++)
        allow(rules, to_run[i], LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE);
    for (size_t i = 0; i < SANDBOX_FOLDERS; i++)
        if (s->folders[i] != NULL) allow(rules, s->folders[i], FS_KEEP & known);
    allow(rules, "/dev/null", (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE) & known);
    if (s->may_call) allow_own_secrets(rules);
}

static void forbid_paths(const struct sandbox *s, struct sandbox_holds *holds)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 2) return; /* the first forbids every rename between folders, and files come by one */
    struct ruleset all = {.paths = FS_FIRST | LANDLOCK_ACCESS_FS_REFER};
    if (version >= 3) all.paths |= FS_TRUNCATE;
    if (version >= 5) all.paths |= FS_IOCTL_DEV;
    if (version >= 4) all.ports = PORT_BIND | PORT_CONNECT;
    if (version >= 6) all.scoped = SCOPE_SIGNAL;
    size_t size = version >= 6 ? sizeof all : version >= 4 ? offsetof(struct ruleset, scoped) : offsetof(struct ruleset, ports);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
    if (rules < 0) return;
    fill(rules, s, all.paths);
    struct port_rule port = {PORT_CONNECT, s->port};
    if (version >= 4 && s->port != 0) (void)syscall(SYS_landlock_add_rule, rules, PORT_RULE, &port, 0);
    holds->paths = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    holds->ports = holds->paths && version >= 4;
    close(rules);
}

/* ---- calls ---- */

#ifdef SECCOMP_ARCH
#define NAMESPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#define GIVE(code)  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (code))
#define NOT(call)   BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), GIVE(EPERM)
/* Refused when the argument, masked, has any of these bits; the call's number is loaded again behind it. */
#define NOT_WITH(call, arg, bits)                                                                                      \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), SECCOMP_LOAD(args[arg]),                                            \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1), GIVE(EPERM), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* Of no use to a service of pages, of much to an intruder. */
static const struct sock_filter never[] = {
    SECCOMP_BEGIN, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), GIVE(EPERM), /* x32 */
    NOT(process_vm_readv), NOT(process_vm_writev), NOT(pidfd_getfd), NOT(kcmp),
    NOT(mount), NOT(umount2), NOT(move_mount), NOT(open_tree), NOT(fsopen), NOT(fsmount), NOT(pivot_root), NOT(chroot),
    NOT(unshare), NOT(setns), NOT(bpf), NOT(perf_event_open), NOT(userfaultfd), NOT(io_uring_setup), NOT(io_uring_enter),
    NOT(io_uring_register), NOT(open_by_handle_at), NOT(keyctl), NOT(add_key), NOT(request_key), NOT(init_module),
    NOT(finit_module), NOT(delete_module), NOT(kexec_load), NOT(reboot), NOT(swapon), NOT(swapoff), NOT(acct), NOT(quotactl),
    NOT(sethostname), NOT(settimeofday), NOT(clock_settime), NOT(adjtimex), NOT(personality), NOT(mknodat), NOT(fchownat),
    NOT(fchown), NOT(setuid), NOT(setgid), NOT(setresuid), NOT(setresgid), NOT(setreuid), NOT(setregid), NOT(setgroups),
    NOT(bind), NOT(listen), NOT(shmget), NOT(msgget), NOT(execveat),
    NOT_WITH(clone, 0, NAMESPACES), NOT_WITH(mprotect, 2, PROT_EXEC),
    /* glibc then takes clone, whose flags can be looked at. */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1), GIVE(ENOSYS),
};
static const struct sock_filter no_ptrace[] = {NOT(ptrace)};
static const struct sock_filter no_socket[] = {NOT(socket), NOT(connect)};
static const struct sock_filter local_socket[] = {
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 4), SECCOMP_LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0), GIVE(EPERM), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
static const struct sock_filter otherwise[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};

#define PUT(part)                                                                                                      \
    for (size_t i = 0; i < sizeof(part) / sizeof(part)[0]; i++) all[n++] = (part)[i]

static bool forbid_calls(const struct sandbox *s)
{
    struct sock_filter all[sizeof never / sizeof never[0] + 16];
    unsigned short n = 0;
    PUT(never);
    if (!s->has_leak_checker) PUT(no_ptrace);
    if (!s->may_call) PUT(no_socket);
    else if (s->port == 0) PUT(local_socket);
    PUT(otherwise);
    const struct sock_fprog program = {n, all};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool forbid_calls(const struct sandbox *s)
{
    (void)s;
    return false;
}
#endif

struct sandbox_holds sandbox_enter(const struct sandbox *s)
{
    struct sandbox_holds holds = {0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return holds;
    forbid_paths(s, &holds);
    holds.calls = forbid_calls(s);
    return holds;
}
