/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The process's memory comes from jemalloc, which is linked in the place of the C library's malloc:
 * a thread has small pieces at hand and rarely takes a lock. With glibc's, two threads that shared
 * one of its arenas slept at each other's allocations.
 */
#ifdef MH_JEMALLOC /* a sanitizer watches the C library's */
#include <jemalloc/jemalloc.h>

/* One arena for each processor, since each keeps some pages that are used in part; what nobody
 * wanted again for half a second goes back to the system; and a thread keeps no pieces above 8 KiB
 * at hand, of which some twenty threads kept 2 MiB that no other could use. jemalloc reads this
 * before main(). */
const char *malloc_conf
    = "percpu_arena:percpu,dirty_decay_ms:500,muzzy_decay_ms:0,lg_tcache_max:13";
#endif
