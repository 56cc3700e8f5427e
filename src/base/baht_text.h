/* baht_text.h — a sum in words, as Thai papers and cheques say it (ตัวอักษรไทย), and Thai digits.
 *
 * 1,021.25 → หนึ่งพันยี่สิบเอ็ดบาทยี่สิบห้าสตางค์; whole baht end in ถ้วน; less than one baht is
 * said in satang alone; nothing is ศูนย์บาทถ้วน. A lone last 1 behind any higher digit is เอ็ด (101 →
 * หนึ่งร้อยเอ็ด), as the Royal Institute reads it; millions of millions repeat ล้าน. A sum below
 * zero begins with ลบ: papers show none, a reversal might.
 */
#ifndef SARN_BASE_BAHT_TEXT_H
#define SARN_BASE_BAHT_TEXT_H

#include "base/money.h"

void buf_baht_text(struct buf *b, struct satang v);
struct str baht_text(struct arena *a, struct satang v); /* arena */
/* The same for English papers: "one thousand and twenty-one baht and twenty-five satang". */
void buf_baht_text_en(struct buf *b, struct satang v);
/* Digits 0–9 of `s` become ๐–๙, everything else stays: numbers on official papers. */
void buf_thai_digits(struct buf *b, struct str s);

#endif
