/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The unit that one is on, for its crew: signing on and off, the assignment with what is known, and
 * one large button for the next step, which works without the server too. Who is asked hears it
 * until they answer. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_CREW_PAGE (mh_crew_page_get_type ())
G_DECLARE_FINAL_TYPE (MhCrewPage, mh_crew_page, MH, CREW_PAGE, MhPane)

GtkWidget *mh_crew_page_new (MhContext *context);

G_END_DECLS
