/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A printed document: boxes in a row are put on pages, then drawn by one routine for the preview,
 * the printer and the file. Boxes are never cut; repeated headings come back on each page; header
 * and footer are made last, when the number of pages is known. Points throughout. Belongs to its
 * thread.
 */
#include "shared/reports/mh-box.h"

G_BEGIN_DECLS

typedef struct _MhDocument MhDocument;

typedef struct
{
  double width;
  double height; /* 0: as long as its content (paper roll) */
  double top, right, bottom, left;
} MhPaper;

typedef enum
{
  MH_KEEP_NEXT = 1 << 0, /* never the last on a page while something follows */
} MhKeep;

/* Levels of repeated headings. Setting an outer one clears the inner. */
typedef enum
{
  MH_REPEAT_TABLE, /* column titles */
  MH_REPEAT_GROUP, /* "Lipid profile (continued)" */
  MH_N_REPEATS,
} MhRepeat;

/* Draws header, footer and watermark of page @number of @total (from 1). @page has the coordinates
 * of the sheet. Gives back the height of its header, counted from the top margin; it must depend on
 * whether @number is 1 only, and is first asked for with @page NULL. */
typedef double (*MhFrame) (MhBox *page, guint number, guint total, gpointer data);

MhDocument *mh_document_new (const MhPaper *paper);
MhDocument *mh_document_ref (MhDocument *document);
void mh_document_unref (MhDocument *document);
/* What the file calls itself; never a patient's name, because titles show in window lists. @created
 * in µs since 1970; the same input gives the same bytes. NULL members are left out. */
void mh_document_set_info (MhDocument *document,
                           const char *title,
                           const char *author,
                           const char *subject,
                           gint64 created);
/* Of its readers, "ur-PK"; copied. Right after mh_document_new(): with a language that is written
 * from the right the whole sheet is laid out from there. */
void mh_document_set_language (MhDocument *document, const char *language);
const char *mh_document_language (const MhDocument *document); /* NULL: not said */
const char *mh_document_title (const MhDocument *document);    /* NULL: none */
void
mh_document_set_frame (MhDocument *document, MhFrame frame, gpointer data, GDestroyNotify destroy);

/* --- filling, in reading order --- */
void mh_document_add (MhDocument *document, MhBox *box, guint keep); /* takes @box */
void mh_document_space (MhDocument *document, double height); /* dropped at the top of a page */
void mh_document_break (MhDocument *document);
/* From here on @box (taken; NULL: none) stands at the top of every following page. */
void mh_document_repeat (MhDocument *document, MhRepeat level, MhBox *box);
/* The last box added stays with what comes next. */
void mh_document_keep_last (MhDocument *document);
/* Prose that may break between lines; at least two lines stay together. With @bar_colour a bar runs
 * along its left side (0: none). */
void mh_document_prose (MhDocument *document,
                        const MhType *type,
                        double x,
                        double width,
                        guint32 bar_colour,
                        const char *text);
/* Ends the filling. After it only the functions below may be called. */
void mh_document_finish (MhDocument *document);

/* --- looking, after finish --- */
guint mh_document_n_pages (const MhDocument *document);
void mh_document_page_size (const MhDocument *document,
                            guint page,
                            double *out_width,
                            double *out_height);
/* What its "Figure"s show, in the order of the file: a text, or "" where none was given. Transfer
 * full. */
GPtrArray *mh_document_alternatives (const MhDocument *document);
/* @page from 0. Leaves @cr as it was. Scale @cr for zoom. */
void mh_document_draw (const MhDocument *document, cairo_t *cr, guint page);
/* The pages of all of them, one after the other, as one file: for printing. @documents of
 * MhDocument, at least one, all of one paper; the file is called as @title says. */
GBytes *mh_documents_to_pdf (GPtrArray *documents, const char *title, GError **error);
/* PDF 1.5 with text that can be copied and searched, tagged where boxes carry tags. */
GBytes *mh_document_to_pdf (const MhDocument *document, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDocument, mh_document_unref)

G_END_DECLS
