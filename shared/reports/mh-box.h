/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A box: a piece of a page that is never cut, as a list of things to draw at places relative to its
 * own top left corner. It is laid out once and drawn any number of times on any Cairo surface.
 * Counted references; belongs to the thread that made it.
 */
#include <cairo.h>

#include "shared/reports/mh-barcode.h"
#include "shared/reports/mh-ink.h"
#include "shared/reports/mh-plot.h"

G_BEGIN_DECLS

typedef struct _MhBox MhBox;

typedef enum
{
  MH_ARROW_UP,
  MH_ARROW_DOWN,
  MH_ARROW_UP_TWICE,
  MH_ARROW_DOWN_TWICE,
  MH_ARROW_DOT, /* abnormal without a direction */
} MhArrow;

/* A place on the box, from its top left corner; points. */
typedef struct
{
  double x, y, width, height;
} MhBoxArea;

/* One of the lines that a text was broken into. */
typedef struct
{
  PangoLayout *layout;
  guint number;
} MhBoxLine;

MhBox *mh_box_new (void);
MhBox *mh_box_ref (MhBox *box);
void mh_box_unref (MhBox *box);

/* The height grows with what is put in; set it to reserve more (or to overlap on purpose). */
double mh_box_get_height (const MhBox *box);
void mh_box_set_height (MhBox *box, double height);
/* Role in a tagged PDF ("H1", "H2", "P", "TR", …); a static string. NULL: decoration, an artefact.
 */
void mh_box_set_tag (MhBox *box, const char *tag);
const char *mh_box_get_tag (const MhBox *box);
/* What a "Figure" shows, for those who do not see it; copied. */
void mh_box_set_alternative (MhBox *box, const char *text);
const char *mh_box_get_alternative (const MhBox *box); /* NULL: none */

/* Sets text with its first line at @y and gives back the height it took (lines × leading). */
double
mh_box_text (MhBox *box, const MhType *type, double x, double y, double width, const char *text);
/* One line of a layout made before; used to break a long paragraph between pages. */
void mh_box_line (MhBox *box, const MhType *type, double x, double y, double width, MhBoxLine line);
/* @text turned and scaled to stand across the middle of a page of that size; a shape, so whoever
 * uses it says the same in text, too. */
void mh_box_watermark (MhBox *box, guint32 colour, double width, double height, const char *text);
/* A fill below everything that is in the box already: a tint whose height is known last. */
void mh_box_underlay (MhBox *box, guint32 colour, double x, double y, double width, double height);
void mh_box_fill (MhBox *box, guint32 colour, double x, double y, double width, double height);
void mh_box_frame (MhBox *box, guint32 colour, double x, double y, double width, double height);
void mh_box_rule (MhBox *box, guint32 colour, double x, double y, double width, double thickness);
void mh_box_dashes (MhBox *box, guint32 colour, double x, double y, double width);
void mh_box_arrow (MhBox *box, MhArrow arrow, guint32 colour, double x, double y, double size);
/* The hospital's mark: a cross cut out of a rounded square. */
void mh_box_mark (MhBox *box, guint32 colour, double x, double y, double size);
/* A PNG fitted into width × height from its top left corner. Gives back the height it took; 0 for
 * what is no picture. */
double mh_box_image (MhBox *box, GBytes *picture, double x, double y, double width, double height);
/* The same for one of mh_picture_for_paper(); takes @picture. */
double mh_box_picture (MhBox *box,
                       cairo_surface_t *picture,
                       double x,
                       double y,
                       double width,
                       double height);
/* Code with its quiet zone within @area. Takes @barcode; NULL draws nothing. A linear code
 * is fitted to whole multiples of 1/@dpi inch per module when @dpi is given, because a thermal head
 * that splits a bar makes it unreadable. */
void mh_box_barcode (MhBox *box, MhBarcode *barcode, const MhBoxArea *area, double dpi);

/* A chart in ink for paper. Takes @plot. */
void mh_box_plot (MhBox *box, MhPlot *plot, double x, double y, double width, double height);

/* Where the numbers of a column stand, so that they line up on their decimal points: .whole from
 * .x; for readers from the right .fraction from the right edge of the column instead (the widest
 * that comes after a point). */
typedef struct
{
  double x, whole, fraction;
} MhNumberColumn;

/* Gives back its height. */
double mh_box_number (MhBox *box,
                      const MhType *type,
                      const MhNumberColumn *column,
                      double y,
                      const char *number);

void mh_box_draw (const MhBox *box, cairo_t *cr, double x, double y);
/* The same for readers from the right: everything changes sides on a sheet of that width, nothing
 * is turned over. */
void mh_box_draw_mirrored (const MhBox *box, cairo_t *cr, double x, double y, double sheet_width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhBox, mh_box_unref)

G_END_DECLS
