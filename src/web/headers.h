/* headers.h — the headers that every answer carries: pages, files, JSON, redirects and the wrapper's
 * own refusals. response.c is the one place that puts them; a handler may set one of them itself
 * (a download with a stricter policy), then its value is taken instead.
 */
#ifndef SARN_WEB_HEADERS_H
#define SARN_WEB_HEADERS_H

/* Only what we serve ourselves; no inline script or style, no data: address, never in a frame. */
#define WEB_CSP                                                                                    \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "   \
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "               \
    "frame-ancestors 'none'"

#define WEB_SECURITY_HEADERS(X)                                                                    \
    X("Content-Security-Policy", WEB_CSP)                                                          \
    X("X-Content-Type-Options", "nosniff")                                                         \
    X("Referrer-Policy", "same-origin")                                                            \
    X("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")        \
    X("Cross-Origin-Opener-Policy", "same-origin")                                                 \
    X("Cross-Origin-Resource-Policy", "same-origin")                                               \
    X("X-Frame-Options", "DENY")

#endif
