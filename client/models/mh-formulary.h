/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The formulary at this desk: medicines to choose from, and the book that the rules look things up
 * in; from the server, or from the local copy when it is away. Stays live. */
#include "client/models/mh-record-list.h"
#include "shared/rules/clinic/mh-drug-book.h"

G_BEGIN_DECLS

#define MH_TYPE_FORMULARY (mh_formulary_get_type ())
/* Signal "changed": the book is another one now. */
G_DECLARE_FINAL_TYPE (MhFormulary, mh_formulary, MH, FORMULARY, GObject)

MhFormulary *mh_formulary_new (MhContext *context);
/* Borrowed; of medicine records. */
GListModel *mh_formulary_medicines (MhFormulary *formulary);
/* Borrowed, until "changed"; NULL: not all of it is here yet. */
MhDrugBook *mh_formulary_book (MhFormulary *formulary);

G_END_DECLS
