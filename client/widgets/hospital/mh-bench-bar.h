/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The benches as they are now, live: how much waits, how much of it is STAT, how much is late. Told
 * by words and signs; a bench with late work stands out. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_BENCH_BAR (mh_bench_bar_get_type ())
G_DECLARE_FINAL_TYPE (MhBenchBar, mh_bench_bar, MH, BENCH_BAR, MhPane)

G_END_DECLS
