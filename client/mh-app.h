/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The program: makes the context, the window, and what they share. */
#include <adwaita.h>

G_BEGIN_DECLS

#define MH_TYPE_APP (mh_app_get_type ())
G_DECLARE_FINAL_TYPE (MhApp, mh_app, MH, APP, AdwApplication)

MhApp *mh_app_new (void);

G_END_DECLS
