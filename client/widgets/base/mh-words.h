/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Values and errors in the person's language. The server sends codes; words are made here. Strings
 * are the caller's to free unless const. */
#include "shared/base/mh-date.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* An error in one sentence with its remedy. */
char *mh_words_error (const GError *error);
char *mh_words_issue (const MhIssue *issue, const MhField *field);
/* The same as whoever refused it says it, which knows more than the kind of the complaint. */
char *mh_words_complaint (const MhIssue *issue);
/* What to do where no code and no link can be shown. */
const char *mh_words_no_gateway (void);
/* A field's value as people read it: code's word, date "21 Nov 2026", money with sign, instant in
 * the hospital's time (mh-when.h). "" for nothing. */
char *mh_words_value (MhRecord *record, guint field);
/* An amount with its currency's sign; NULL: that of the hospital one is signed in at, which
 * mh_words_set_currency() is told by the application (NULL: nobody is signed in). */
char *mh_words_money (gint64 minor, const char *currency);
const char *mh_words_currency (void);
void mh_words_set_currency (const char *code);
const char *mh_words_label (const MhField *field);
const char *mh_words_of_code (const MhField *field, const char *code);
/* What a part of something may be that could not be read: per cent from 0 to 100. */
const char *mh_words_of_rate (void);
char *mh_words_of_date (const char *iso); /* "29 Feb 1984" */
char *
mh_words_time (gint64 instant);   /* "13:45" today, "20 Nov, 13:45" this year, else with the year */
char *mh_words_way (int seconds); /* "6 min 10 s by road" */
char *mh_words_since (gint64 instant, gint64 now); /* "5 min", "3 h 20 min", "2 d" */
/* Figures that read from left to right also where everything else does not: "11–14" must never
 * become "14–11". A plain copy elsewhere. */
char *mh_words_figures (const char *text);
/* "41 y", "14 mo", "9 d"; "" when @on lies before @birth. */
char *mh_words_age_of (MhDate birth, MhDate on);
/* "41 y F". @today "YYYY-MM-DD". */
char *mh_words_age_sex (const char *birth_date, const char *sex, const char *today);
/* "VERMA Asha": family name in capitals first, as lists are read. */
char *mh_words_patient (MhRecord *patient);
/* The two kinds of numbers look alike, so each stands with its word: "Order MH-000188",
 * "MRN MH-0000-0036-2", and both with a dot between them. "" of NULL. */
char *mh_words_order (const char *number);
char *mh_words_mrn (const char *mrn);
char *mh_words_mrn_and_order (const char *mrn, const char *number);
/* "same phone, same date of birth" of codes of mh_duplicate_reason_codes; NULL: nothing is said. */
char *mh_words_alike (const char *const *reasons);
/* "Nurse, Administrator" of "nurse,admin"; NULL for none. */
char *mh_words_roles (const char *roles);

G_END_DECLS
