/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For which department of the hospital something is ordered: a drop-down, none first. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

/* Once, in the pane's begin. */
void mh_department_choice_setup (GtkDropDown *choice, MhPane *pane);
/* NULL: none. It is chosen as soon as the departments are there. */
void mh_department_choice_set (GtkDropDown *choice, const char *department_id);
const char *mh_department_choice_get (GtkDropDown *choice);
/* Where the doctor works, unless something else is chosen. */
void mh_department_choice_of_doctor (GtkDropDown *choice, const char *department_id);
/* That of the patient's open visit, before the doctor's, unless a person has chosen by then. */
void mh_department_choice_of_visit (GtkDropDown *choice, MhPane *pane, const char *patient_id);

G_END_DECLS
