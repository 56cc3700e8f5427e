/* thai_chars.h — the Thai block of Unicode by the roles that its letters play. Inside base only. */
#ifndef SARN_BASE_THAI_CHARS_H
#define SARN_BASE_THAI_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TH_KO_KAI = 0x0E01,    /* ก, the first consonant; ฤ ฦ stand among them */
    TH_HO_NOKHUK = 0x0E2E, /* ฮ, the last */
    TH_SARA_A = 0x0E30,    /* ะ, the first vowel */
    TH_SARA_AA = 0x0E32,
    TH_SARA_AM = 0x0E33,
    TH_PHINTHU = 0x0E3A,
    TH_SARA_E = 0x0E40,
    TH_SARA_AE = 0x0E41,
    TH_SARA_AI_MALAI = 0x0E44, /* ไ, the last leading vowel */
    TH_LAKKHANGYAO = 0x0E45,   /* ๅ, of ฤๅ */
    TH_MAITAIKHU = 0x0E47,
    TH_MAI_EK = 0x0E48,       /* ่, the first tone mark */
    TH_MAI_CHATTAWA = 0x0E4B, /* ๋, the last */
    TH_THANTHAKHAT = 0x0E4C,  /* ์ */
    TH_NIKHAHIT = 0x0E4D
};

static inline bool thai_is_consonant(int32_t c)
{
    return c >= TH_KO_KAI && c <= TH_HO_NOKHUK;
}
/* เ แ โ ใ ไ: written before the consonant that they are spoken after. */
static inline bool thai_is_leading_vowel(int32_t c)
{
    return c >= TH_SARA_E && c <= TH_SARA_AI_MALAI;
}
static inline bool thai_is_tone(int32_t c)
{
    return c >= TH_MAI_EK && c <= TH_MAI_CHATTAWA;
}
/* Vowel signs above and below their consonant: ั ิ ี ึ ื ุ ู ฺ ็ ํ. */
static inline bool thai_is_mark_vowel(int32_t c)
{
    return c == 0x0E31 || (c >= 0x0E34 && c <= TH_PHINTHU) || c == TH_MAITAIKHU || c == TH_NIKHAHIT;
}

#endif
