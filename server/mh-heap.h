/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The process's memory comes from mimalloc, which is linked in the place of the C library's malloc:
 * each thread has its own heap and takes no lock. With glibc's, two threads that shared one of its
 * arenas slept at each other's allocations.
 */

/* Before the first thread is started. */
void mh_heap_init (void);
