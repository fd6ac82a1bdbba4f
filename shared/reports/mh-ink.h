/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Type on paper: styles, colours and shaped text. Lengths are points (1/72 inch). Each thread keeps
 * one font map and one context for good, because making them costs more than a whole page; so a
 * layout made here belongs to its thread.
 */
#include <pango/pango.h>

#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_MM(mm) ((mm)*72.0 / 25.4)

/* 0xRRGGBB. Colour helps, it never tells alone: each coloured thing also has a word or a shape. */
enum
{
  MH_INK_BLACK = 0x000000,
  MH_INK_TEXT = 0x1b2226,
  MH_INK_GREY = 0x5d6a70,
  MH_INK_HAIRLINE = 0xd3dadd,
  MH_INK_ACCENT = 0x0f766e,
  MH_INK_RED = 0xa61b1b,
  MH_INK_RED_TINT = 0xfbe9e7,
  MH_INK_AMBER = 0x8a4b00,
  MH_INK_AMBER_TINT = 0xfff5e0,
  MH_INK_WATERMARK = 0xf0f2f3,
};

typedef enum
{
  MH_ALIGN_START, /* left, or right for a right-to-left paragraph */
  MH_ALIGN_END,
  MH_ALIGN_CENTRE,
} MhAlign;

typedef struct
{
  double size;    /* points */
  double leading; /* from baseline to baseline */
  gboolean bold;
} MhStyle;

typedef struct
{
  const MhStyle *style;
  guint32 colour;
  MhAlign align;
  guint max_lines;    /* 0: as many as it takes; else the last one ends with an ellipsis */
  gboolean paragraph; /* prose: its own direction (Urdu starts at the right); else left to right */
} MhType;

/* @width below 0: no limit, one line. NULL text counts as empty. A reference to
 * a layout that may be shared: look at it, never change it. */
PangoLayout *mh_ink_layout (const MhType *type, double width, const char *text);
/* Advance of @text set on one line. */
double mh_ink_width (const MhStyle *style, const char *text);
/* Width of what stands before the decimal point, so that a column of numbers lines up on it. */
double mh_ink_decimal_offset (const MhStyle *style, const char *number);
/* From now on this thread sets text for readers from the right to the left: whatever holds a letter
 * of such a script runs that way, codes and figures stay as they are. mh_document_set_language()
 * and mh_document_finish() switch it; nobody else does. */
void mh_ink_set_rtl (gboolean rtl);
gboolean mh_ink_is_rtl (void);
/* Foreign text inside our own sentence or line: isolated, so that a right-to-left name does not
 * reorder what follows. Caller frees. */
char *mh_ink_isolate (const char *text);

G_END_DECLS
