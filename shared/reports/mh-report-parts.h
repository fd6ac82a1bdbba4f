/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What several papers share: the type scale, the hospital's letterhead, a person in words. */
#include "shared/reports/mh-page.h"
#include "shared/reports/mh-words.h"

G_BEGIN_DECLS

#define MH_A4_WIDTH MH_MM (210)
#define MH_A4_HEIGHT MH_MM (297)
#define MH_A5_WIDTH MH_MM (148)
#define MH_A5_HEIGHT MH_MM (210)

/* The scale: 16 hospital, 13 person, 10 heading, 9 body, 8 small, 7.5 column titles and notes. */
extern const MhType mh_type_hospital, mh_type_person, mh_type_native, mh_type_heading,
    mh_type_title;
extern const MhType mh_type_body, mh_type_bold, mh_type_small, mh_type_small_bold, mh_type_label;
extern const MhType mh_type_prose, mh_type_note;

/* A copy with another colour, alignment or number of lines. */
MhType mh_type_coloured (const MhType *type, guint32 colour);
MhType mh_type_aligned (const MhType *type, MhAlign align);
MhType mh_type_lines (const MhType *type, guint max_lines);

/* The hospital's time zone; UTC when it has none or it is unknown. */
GTimeZone *mh_part_zone (MhRecord *hospital);
/* "12 MG Road, Indiranagar, Bengaluru 560038, Karnataka". Caller frees. */
char *mh_part_address (MhRecord *hospital);
/* "Phone 080 …  ·  lab@…". Caller frees. */
char *mh_part_contacts (MhRecord *hospital, const MhWords *words);
/* "Registration no. …  ·  NABL …"; @accreditation instead of the hospital's own. Caller frees. */
char *mh_part_registration (MhRecord *hospital, const MhWords *words, const char *accreditation);
/* "41 years · Female"; the age is that of the day @on (µs, in the hospital's zone; 0: left out),
 * because ranges were chosen by it. Caller frees. */
char *mh_part_age_sex (MhRecord *patient, const MhWords *words, gint64 on, GTimeZone *zone);
/* The non-empty ones of the NULL-ended list with @separator between them. Caller frees. */
char *mh_part_join (const char *separator, ...) G_GNUC_NULL_TERMINATED;

/* The hospital, and what a template changes about it; NULLs: nothing. */
typedef struct
{
  MhRecord *hospital;
  GBytes *logo; /* PNG instead of the house's mark */
  const char *department, *line, *accreditation;
} MhLetterhead;

/* Mark, name, address and contacts from (x, y) within @width. Gives back its height. */
double mh_part_letterhead_as (MhBox *box,
                              const MhLetterhead *letterhead,
                              const MhWords *words,
                              double x,
                              double y,
                              double width);
/* The same as the house has it. */
double mh_part_letterhead (MhBox *box,
                           MhRecord *hospital,
                           const MhWords *words,
                           double x,
                           double y,
                           double width);
/* A label from (x, y), beside it its value, both within .width. */
typedef struct
{
  double x, y, label_width, width;
} MhPairPlace;

/* Grey label and its value on one line (the value may wrap). Draws nothing and gives 0 for an empty
 * value; else the height. */
double mh_part_pair (MhBox *box, const char *label, const char *value, const MhPairPlace *place);
/* "COPY 2" in a frame whose right end is at @right; nothing for @copy 0. */
void mh_part_copy_mark (MhBox *box, const MhWords *words, guint copy, double right, double y);
/* Rule, @text at the left and "Page x of y" at the right. */
void mh_part_footer (MhBox *page,
                     const MhPaper *paper,
                     const MhWords *words,
                     const char *text,
                     guint number,
                     guint total);

G_END_DECLS
