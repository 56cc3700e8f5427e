/* seccomp.h — what the two lists of system calls begin with: the serving process's and the photo helper's. Which calls
 * are known is known of two architectures; elsewhere SECCOMP_ARCH is not defined, and a list is not in force. */
#ifndef SARN_BASE_SECCOMP_H
#define SARN_BASE_SECCOMP_H

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
#define SECCOMP_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SECCOMP_ARCH AUDIT_ARCH_AARCH64
#endif

/* Loads a field of what is asked for; LOAD(nr) stands behind SECCOMP_BEGIN. */
#define SECCOMP_LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define SECCOMP_BEGIN                                                                                                  \
    SECCOMP_LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SECCOMP_ARCH, 1, 0),                                       \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS), SECCOMP_LOAD(nr)

#endif
