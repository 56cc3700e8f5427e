/* thai.h — text as Thai people type it, made fit to store, to compare, to sort and to find. */
#ifndef SARN_BASE_THAI_H
#define SARN_BASE_THAI_H

#include "base/buf.h"

/* The door for every text that comes in: checks UTF-8, NFC, ํ + า → ำ (also with a tone mark
 * between), เ + เ → แ, drops zero-width characters and BOM, turns other blanks into a space,
 * CRLF into LF, refuses control characters but TAB and LF. ERR_INPUT when it is not UTF-8 text. */
enum err thai_clean(struct arena *a, struct str in, struct str *ret);
/* The same for one line: blanks folded to one space and trimmed, no TAB or LF. */
enum err thai_clean_line(struct arena *a, struct str in, struct str *ret);
/* Thai digits ๐–๙ become 0–9; everything else stays. */
struct str thai_digits_to_ascii(struct arena *a, struct str in);
struct str ascii_digits_to_thai(struct arena *a, struct str in);
/* For finding: cleaned, digits to ASCII, ASCII lower case, ฯ and dots and hyphens dropped, blanks
 * folded. Deterministic; stored beside the name. */
struct str thai_fold(struct arena *a, struct str in);
/* A sort key whose byte order is Thai dictionary order (leading vowel after its consonant; tone
 * marks and ์ ็ only as tie-breakers; digits and Latin before Thai, numbers by value). Stored. */
struct str thai_sort_key(struct arena *a, struct str in);
/* Starts of character clusters (where a search may begin): calls `each` with every suffix of the
 * folded text that starts at a cluster and is at least one consonant. */
void thai_each_suffix(struct str folded, void (*each)(void *ctx, struct str suffix), void *ctx);
/* The range of stored suffixes that begin with the folded words: low <= suffix < high. false: nothing
 * is left of the words after folding, so nothing is asked for. */
bool thai_find_range(struct arena *a, struct str words, struct str *ret_low, struct str *ret_high);
/* Looks at what a person may read: a Thai mobile or land-line number, or a 13-digit citizen id with
 * a right check digit, however spaced or in Thai digits. */
bool thai_has_phone_or_citizen_id(struct str text);
/* What everybody may read of a free text: itself; "" when it holds such a number, and then *ret_withheld is set (never
 * cleared: one flag for a whole page). ret_withheld may be NULL. Every public page, list and JSON says its words through it. */
struct str open_text(struct str text, bool *ret_withheld);
/* The same for JSON and rows: none where there is nothing to read. */
struct str open_or_none(struct str text);

#endif
