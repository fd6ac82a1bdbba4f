/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The frame and the parts of the pages that patients open on their telephones: no script, nothing
 * from elsewhere, light and dark, from either side, readable at 320 pixels. */
#include "server/front/public/mh-public-words.h"

G_BEGIN_DECLS

#define MH_PUBLIC_MEDIA "text/html; charset=utf-8"

typedef enum
{
  MH_PUBLIC_GOOD,
  MH_PUBLIC_CARE,
  MH_PUBLIC_BAD,
} MhPublicTone;

/* Head, title and the choice of languages: links to this page again, so only where nothing was
 * typed yet. */
GString *mh_public_page_begin (const MhPublicWords *words, MhSay title, gboolean choice);
void mh_public_page_end (GString *page);
/* One for all pages; allows their one style sheet by its hash, and forms to here. Never freed. */
const char *mh_public_page_policy (void);

/* What there is to know, with a sign besides its colour. */
void mh_public_note (GString *page, MhPublicTone tone, const char *text);
void mh_public_paragraph (GString *page, const char *text);
/* Rows of a label and a value; a NULL value leaves its row out. */
void mh_public_facts_begin (GString *page);
void mh_public_fact (GString *page, const char *label, const char *value);
void mh_public_facts_end (GString *page);

/* A form to this page's own address. @step, @token: sent with it; NULL: not. */
void mh_public_form_begin (GString *page, const char *step, const char *token);
/* Its button, and its end. @plain: beside another one that more often is wanted. */
void mh_public_form_end (GString *page, const char *button, gboolean plain);

G_END_DECLS
