/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The choice of one bench, or all of them, above a queue of the laboratory. */
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

/* Fills @drop with the benches of the house, all of them first and chosen. */
void mh_bench_choice_begin (GtkDropDown *drop, MhPane *pane);
/* Asks @orders (order.list) with @args, and for the chosen bench alone. */
void mh_bench_choice_apply (GtkDropDown *drop, MhRecordList *orders, const char *const *args);
/* Has the order work for what is chosen? One whose benches are not known has. */
gboolean mh_bench_choice_fits (GtkDropDown *drop, MhRecord *order);

G_END_DECLS
