/* sandbox.h — the serving process gives up, before it reads a stranger's byte, what it will never need: other
 * files, other programs, other machines. Whoever takes it over by a fault of ours is left with what it had. */
#ifndef SARN_WEB_SANDBOX_H
#define SARN_WEB_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#define SANDBOX_FOLDERS 4

struct sandbox {
    const char *folders[SANDBOX_FOLDERS]; /* written to: of the database, its files, for temporary files; NULL: none */
    bool may_call;                        /* a server of databases: over a socket of this machine, or: */
    uint16_t port;                        /* over TCP to this port; 0: none */
    bool has_leak_checker;                /* a build that watches itself by ptrace */
};

/* What holds from now on, for this thread and all that it starts: what the kernel does not know is left out. */
struct sandbox_holds {
    bool paths; /* landlock: files, and which program may be started */
    bool ports; /* landlock of newer kernels: TCP */
    bool calls; /* seccomp */
};
struct sandbox_holds sandbox_enter(const struct sandbox *s);

#endif
