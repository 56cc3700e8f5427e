/* SHA-256 and hex. */
#include "base/sha.h"

#include <stdio.h>

#include "base/rand.h"
#include "check.h"

static struct str hex(struct sha256 s)
{
    struct buf b = buf_in(arena, 64);
    buf_hex(&b, s.b, sizeof s.b);
    return buf_str(&b);
}

/* FIPS 180-2, appendix B. */
static void the_standards_examples_agree(void **state)
{
    (void)state;
    assert_str(hex(sha256_of(STR("abc"))),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_str(hex(sha256_of(STR_NONE)),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void pieces_and_files_give_the_sum_of_the_whole(void **state)
{
    (void)state;
    struct rand r = rand_seeded(6);
    const size_t n = 200001; /* more than three reads */
    char *data = arena_alloc(arena, n);
    for (size_t i = 0; i < n; i++)
        data[i] = (char)rand_next(&r);
    struct str all = {data, n};
    struct sha256 want = sha256_of(all), got;
    struct sha256_state *s = sha256_begin(arena);
    for (size_t at = 0, k; at < n; at += k) {
        k = (size_t)rand_between(&r, 0, 5000);
        if (k > n - at) k = n - at;
        sha256_add(s, (struct str){data + at, k});
    }
    got = sha256_end(s);
    assert_memory_equal(got.b, want.b, 32);

    char path[] = "/tmp/sarn_sha_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, n), (ssize_t)n);
    close(fd);
    assert_ok(sha256_of_file(path, &got));
    unlink(path);
    assert_memory_equal(got.b, want.b, 32);
}

static void a_missing_file_and_a_directory_are_said(void **state)
{
    (void)state;
    struct sha256 got;
    assert_int_equal(sha256_of_file("/nonexistent/x", &got), ERR_IO);
    assert_non_null(strstr(err_detail(), "/nonexistent/x"));
    assert_int_equal(sha256_of_file("/tmp", &got), ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_standards_examples_agree),
        TEST(pieces_and_files_give_the_sum_of_the_whole),
        TEST(a_missing_file_and_a_directory_are_said),
    };
    return RUN(tests);
}
