/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The language and direction of the program's words. */
#include <glib.h>

G_BEGIN_DECLS

/* Takes up the locale of the system or the language chosen in the preferences and binds the
 * translations. To be called once, before GTK begins and while no other thread runs. */
void mh_locale_start (void);

/* After mh_locale_start(), likewise once: the program will speak one language after the other, with
 * the words of the kiosk ("mahima-kiosk") as well. It begins with English. */
void mh_locale_start_many (void);
/* From now on the words are of @language ("hi"), and what is made now runs in its direction. Only
 * after mh_locale_start_many(). */
void mh_locale_speak (const char *language);

/* Lays widgets out from right to left when the language is written so. MAHIMA_DIRECTION=rtl or
 * ltr in the environment takes precedence. To be called after GTK began. */
void mh_locale_direct (void);

G_END_DECLS
