/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of a slip for a thermal roll. */
#include <math.h>

#include "shared/base/mh-decimal.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-money.h"

#define DPI 203 /* dots per inch of the common thermal heads */
#define CODE_HEIGHT 34
#define QR_SIZE 92

static const MhStyle style_name = { 13, 16, TRUE };
static const MhStyle style_title = { 11, 15, TRUE };
static const MhStyle style_line = { 9, 12.5, FALSE };
static const MhStyle style_strong = { 9, 12.5, TRUE };
static const MhStyle style_small = { 8, 10.5, FALSE };
static const MhStyle style_total = { 13, 18, TRUE };
static const MhStyle style_large = { 44, 54, TRUE };

static const MhType name_type = { &style_name, MH_INK_BLACK, MH_ALIGN_CENTRE, 3 };
static const MhType title_type = { &style_title, MH_INK_BLACK, MH_ALIGN_CENTRE, 2 };
static const MhType centre = { &style_line, MH_INK_BLACK, MH_ALIGN_CENTRE, 4 };
static const MhType small_centre = { &style_small, MH_INK_BLACK, MH_ALIGN_CENTRE, 6 };
static const MhType strong_centre = { &style_strong, MH_INK_BLACK, MH_ALIGN_CENTRE, 2 };
static const MhType strong = { &style_strong, MH_INK_BLACK, MH_ALIGN_START, 3 };
static const MhType line = { &style_line, MH_INK_BLACK, MH_ALIGN_START, 3 };
static const MhType line_end = { &style_line, MH_INK_BLACK, MH_ALIGN_END, 3 };
static const MhType small = { &style_small, MH_INK_BLACK, MH_ALIGN_START, 4 };
static const MhType total = { &style_total, MH_INK_BLACK, MH_ALIGN_START, 1 };
static const MhType large = { &style_large, MH_INK_BLACK, MH_ALIGN_CENTRE, 1 };
static const MhType total_end = { &style_total, MH_INK_BLACK, MH_ALIGN_END, 1 };

/* 72 mm is what an 80 mm head prints. */
static const MhPaper roll
    = { MH_MM (80), 0, .top = 8, .right = MH_MM (4), .bottom = 14, .left = MH_MM (4) };

void
mh_slip_begin (MhSlip *slip, const char *language, const char *currency)
{
  *slip = (MhSlip){ mh_words_for (language), currency != NULL ? currency : MH_CURRENCY_DEFAULT,
                    roll.width - roll.left - roll.right, mh_box_new (), 0 };
  mh_box_set_tag (slip->box, "P");
}

MhDocument *
mh_slip_end (MhSlip *slip, const char *title, const char *author, gint64 at)
{
  MhDocument *document = mh_document_new (&roll);
  mh_document_set_info (document, title, author, NULL, at);
  mh_document_add (document, g_steal_pointer (&slip->box), 0);
  mh_document_finish (document);
  return document;
}

static void
report_slip_put (MhSlip *slip, const MhType *type, const char *text)
{
  if (text != NULL && *text != '\0')
    slip->y += mh_box_text (slip->box, type, 0, slip->y, slip->width, text);
}

void
mh_slip_line (MhSlip *slip, const char *text)
{
  report_slip_put (slip, &line, text);
}

void
mh_slip_strong (MhSlip *slip, const char *text)
{
  report_slip_put (slip, &strong, text);
}

void
mh_slip_centre (MhSlip *slip, const char *text)
{
  report_slip_put (slip, &centre, text);
}

void
mh_slip_note (MhSlip *slip, const char *text)
{
  report_slip_put (slip, &small_centre, text);
}

void
mh_slip_large (MhSlip *slip, const char *text)
{
  report_slip_put (slip, &large, text);
}

void
mh_slip_dashes (MhSlip *slip)
{
  mh_box_dashes (slip->box, MH_INK_BLACK, 0, slip->y + 4, slip->width);
  slip->y += 8;
}

void
mh_slip_space (MhSlip *slip, double height)
{
  slip->y += height;
}

static void
put_title (MhSlip *slip, const char *title, guint copy)
{
  mh_box_rule (slip->box, MH_INK_BLACK, 0, slip->y, slip->width, 1);
  slip->y += 3;
  report_slip_put (slip, &title_type, title);
  slip->y += 2;
  mh_box_rule (slip->box, MH_INK_BLACK, 0, slip->y, slip->width, 1);
  slip->y += 5;
  if (copy == 0)
    return;

  g_autofree char *number = g_strdup_printf ("%u", copy);
  g_autofree char *mark = mh_words_fill (slip->words, "DUPLICATE {1}", number, NULL);
  double width = fmax (100, mh_ink_width (&style_strong, mark) + 16);

  mh_box_frame (slip->box, MH_INK_BLACK, (slip->width - width) / 2, slip->y, width, 16);
  slip->y += 1.5;
  report_slip_put (slip, &strong_centre, mark);
  slip->y += 6;
}

void
mh_slip_head (MhSlip *slip,
              MhRecord *hospital,
              const char *address,
              const char *tax_number,
              const char *title,
              guint copy)
{
  const char *phone = mh_record_text (hospital, MH_HOSPITAL_PHONE);
  report_slip_put (slip, &name_type, mh_record_text (hospital, MH_HOSPITAL_NAME));
  slip->y += 1;
  report_slip_put (slip, &small_centre, address);

  if (phone != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", mh_words (slip->words, "Phone"), phone);
      report_slip_put (slip, &small_centre, text);
    }

  if (tax_number != NULL)
    {
      g_autofree char *text
          = g_strdup_printf ("%s %s", mh_words (slip->words, "GSTIN"), tax_number);
      report_slip_put (slip, &small_centre, text);
    }

  slip->y += 5;
  put_title (slip, title, copy);
}

void
mh_slip_pair (MhSlip *slip, const char *label, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  double room = fmin (mh_ink_width (&style_line, value) + 1, slip->width * 0.62);
  double left = mh_box_text (slip->box, &line, 0, slip->y, slip->width - room - 6, label);
  double right = mh_box_text (slip->box, &line_end, slip->width - room, slip->y, room, value);
  slip->y += MAX (left, right);
}

void
mh_slip_money (MhSlip *slip, const char *label, gint64 amount)
{
  g_autofree char *text = mh_money_display (amount, slip->currency);
  mh_slip_pair (slip, label, text);
}

void
mh_slip_money_unless_zero (MhSlip *slip, const char *label, gint64 amount)
{
  if (amount != 0)
    mh_slip_money (slip, label, amount);
}

void
mh_slip_item (MhSlip *slip, const char *what, const char *amount, const char *below)
{
  double room = mh_ink_width (&style_line, amount) + 1;
  double height = mh_box_text (slip->box, &line, 0, slip->y, slip->width - room - 8,
                               what != NULL ? what : "");
  mh_box_text (slip->box, &line_end, slip->width - room, slip->y, room, amount);
  slip->y += MAX (height, style_line.leading);
  if (below != NULL && *below != '\0')
    slip->y += mh_box_text (slip->box, &small, 8, slip->y, slip->width - room - 16, below);
  slip->y += 1;
}

void
mh_slip_total (MhSlip *slip, const char *label, gint64 amount)
{
  g_autofree char *text = mh_money_display (amount, slip->currency);
  slip->y += 3;
  mh_box_rule (slip->box, MH_INK_BLACK, 0, slip->y, slip->width, 1);
  slip->y += 2;
  mh_box_text (slip->box, &total, 0, slip->y, slip->width * 0.4, label);
  mh_box_text (slip->box, &total_end, slip->width * 0.3, slip->y, slip->width * 0.7, text);
  slip->y += style_total.leading + 1;
  mh_box_rule (slip->box, MH_INK_BLACK, 0, slip->y, slip->width, 1);
  slip->y += 5;
}

void
mh_slip_qr (MhSlip *slip, const char *text, const char *below)
{
  slip->y += 4;
  mh_box_barcode (slip->box, mh_barcode_qr (text),
                  &(MhBoxArea){ (slip->width - QR_SIZE) / 2, slip->y, QR_SIZE, QR_SIZE }, 0);
  slip->y += QR_SIZE + 1;
  report_slip_put (slip, &small_centre, below);
}

void
mh_slip_barcode (MhSlip *slip, const char *text)
{
  slip->y += 4;
  mh_box_barcode (slip->box, mh_barcode_code128 (text),
                  &(MhBoxArea){ 0, slip->y, slip->width, CODE_HEIGHT }, DPI);
  slip->y += CODE_HEIGHT + 1;
  report_slip_put (slip, &small_centre, text);
}
