/* guard_fuzz.c — the guard must come to the same verdict however a stream is cut, and what it passes
 * must satisfy it again when it is read alone. Input: the first byte is the size of the pieces. */
#include <assert.h>
#include <stdint.h>

#include "web/guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 2) return 0;
    size_t step = (size_t)data[0] + 1;
    const char *p = (const char *)data + 1;
    n--;
    struct guard whole, cut, again;
    guard_init(&whole);
    size_t passed = guard_feed(&whole, p, n);
    assert(passed <= n && (whole.fault != 0 || passed == n));
    guard_init(&cut);
    for (size_t at = 0; at < n && cut.fault == 0; at += step)
        (void)guard_feed(&cut, p + at, n - at < step ? n - at : step);
    assert(whole.fault == cut.fault);
    if (whole.fault == 0) {
        assert(whole.place == cut.place && whole.heads == cut.heads && whole.left == cut.left);
    } else {
        /* what went before the fault is whole messages, and good */
        guard_init(&again);
        assert(guard_feed(&again, p, passed) == passed);
        assert(again.fault == 0 && again.place == GUARD_BETWEEN && again.heads == whole.heads);
        guard_free(&again);
    }
    guard_free(&whole);
    guard_free(&cut);
    return 0;
}
