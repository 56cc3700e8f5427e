/* listen.h — from "127.0.0.1:8080", "[::1]:8080", "unix:/run/sarn.sock" to a listening socket. */
#ifndef SARN_WEB_LISTEN_H
#define SARN_WEB_LISTEN_H

#include "base/str.h"

/* ERR_INPUT: not of that form (a host name is not: the owner says which address). ERR_IO: taken, no
 * right, no such address. A socket file that nobody answers on is removed first. The descriptor is
 * non-blocking and closed on exec; owned by the caller. */
enum err web_listen(const char *address, int *ret_fd);
/* The bound address as text, with the port that the system chose. */
enum err web_listen_address(int fd, char *text, size_t cap);

#endif
