/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the house says when the hospital has no words of its own, and how a text becomes a mail. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* The languages there are texts in; ends with NULL. The first is the fallback. */
const char *const *mh_mail_texts_languages (void);
/* A template record of the house. @language: a tag such as "hi-IN"; anything unknown gives the
 * fallback. NULL for an unknown event. Transfer full. */
MhRecord *mh_mail_texts_default (const char *event, const char *language);

/* The words for the placeholders; NULL stands empty. */
typedef struct
{
  const char *name, *order, *phone, *amount, *due, *expires, *feedback;
  MhRecord *hospital;
  const char *language;
  const char *accent; /* "#0f766e"; NULL: the house's */
} MhMailWords;

/* A preview record with subject, text and HTML filled in; what is filled in is escaped in the HTML.
 * Line breaks in a subject are impossible. Transfer full. */
MhRecord *mh_mail_texts_fill (MhRecord *mail_template, const MhMailWords *words);

G_END_DECLS
