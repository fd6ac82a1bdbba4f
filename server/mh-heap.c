/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/mh-heap.h"

#ifdef MH_MIMALLOC
#include <mimalloc.h>

void
mh_heap_init (void)
{
  /* ms: memory that is freed and wanted again in the same moment, as the audit trail's notes are,
   * is kept; each way to the system and back costs two calls and a page fault. */
  mi_option_set (mi_option_decommit_delay, 100);
  mi_option_set (mi_option_segment_decommit_delay, 100);
}
#else /* a sanitizer watches the C library's */
void
mh_heap_init (void)
{
}
#endif
