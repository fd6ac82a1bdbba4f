/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The one way a day is written for a person, on screens, papers, pages and in messages:
 * "23 Nov 2026", the month by its short name in the reader's language, so that nobody has to know
 * which of two numbers is the month. The linter refuses days made of numbers anywhere else.
 *
 * @language is a tag or locale ("hi", "hi_IN.UTF-8"); NULL and what is not known here: English.
 * What is not a day gives "". The caller frees every text.
 */
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

char *mh_day_text (MhDate day, const char *language); /* "23 Nov 2026" */
/* The year is left out where it is certain: when it is that of @today. "23 Nov", "2 Jan 2027". */
char *mh_day_text_near (MhDate day, MhDate today, const char *language);
/* The same behind the day of the week: "Mon 23 Nov". */
char *mh_day_text_week (MhDate day, MhDate today, const char *language);
char *mh_day_text_month (MhDate day, const char *language); /* "Nov 2026" */
/* As one types it: "23/11/2026". Only for a field in which it is typed over. */
char *mh_day_typed (MhDate day);
/* What the process's own words are in, for @language. Not kept. */
const char *mh_day_language (void);

G_END_DECLS
