/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/mh-heap.h"

#ifdef MH_MIMALLOC
#include <mimalloc.h>

void
mh_heap_init (void)
{
  /* What is freed goes back to the system at once, not when somebody frees again. */
  mi_option_set (mi_option_decommit_delay, 100);
  mi_option_set (mi_option_segment_decommit_delay, 100);
}
#else /* a sanitizer watches the C library's */
void
mh_heap_init (void)
{
}
#endif
