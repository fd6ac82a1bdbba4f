/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of an invoice. A column that would be empty gives its room to the description. */
#include "shared/records/money/mh-invoice.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/money/mh-report-invoice-private.h"
#include "shared/reports/money/mh-report-money.h"

#define PAD 4

typedef enum
{
  NUMBER,
  DESCRIPTION,
  HSN,
  QUANTITY,
  PRICE,
  DISCOUNT,
  TAXABLE,
  TAX,
  AMOUNT,
  N_COLUMNS,
} Column;

typedef struct
{
  double x[N_COLUMNS], width[N_COLUMNS]; /* width 0: left out */
} Grid;

static gboolean
any (GPtrArray *lines, guint field)
{
  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      const MhField *described = &mh_invoice_line_type.fields[field];
      if (mh_field_is_int (described) ? mh_record_int (line, field) != 0
                                      : mh_record_has (line, field))
        return TRUE;
    }
  return FALSE;
}

static Grid
report_invoice_lines_lay_out (const MhBill *bill, GPtrArray *lines)
{
  gboolean taxed = mh_record_int (bill->invoice, MH_INVOICE_TAX) > 0;
  Grid grid = { .width = { [NUMBER] = 20, [QUANTITY] = 26, [PRICE] = 58, [AMOUNT] = 64 } };
  grid.width[HSN] = any (lines, MH_INVOICE_LINE_HSN_SAC) ? 42 : 0;
  grid.width[DISCOUNT] = any (lines, MH_INVOICE_LINE_DISCOUNT) ? 52 : 0;
  grid.width[TAXABLE] = taxed ? 58 : 0;
  grid.width[TAX] = taxed ? 52 : 0;

  double taken = 0, x = 0;
  for (guint i = 0; i < N_COLUMNS; i++)
    taken += grid.width[i];
  grid.width[DESCRIPTION] = bill->width - taken;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      grid.x[i] = x;
      x += grid.width[i];
    }

  return grid;
}

static gboolean
report_invoice_lines_is_end (Column column)
{
  return column >= QUANTITY;
}

/* The height that it took. */
static double
report_invoice_lines_put (MhBox *box,
                          const Grid *grid,
                          Column column,
                          const MhType *type,
                          double y,
                          const char *text)
{
  if (grid->width[column] == 0 || text == NULL)
    return 0;
  MhType aligned = mh_type_aligned (type, report_invoice_lines_is_end (column) ? MH_ALIGN_END
                                                                               : MH_ALIGN_START);
  return mh_box_text (
      box, &aligned, grid->x[column] + (report_invoice_lines_is_end (column) ? 0 : PAD), y,
      grid->width[column] - (report_invoice_lines_is_end (column) ? PAD : 2 * PAD), text);
}

static MhBox *
head (const MhBill *bill, const Grid *grid)
{
  const char *titles[N_COLUMNS] = {
    [NUMBER] = "#",
    [DESCRIPTION] = mh_words (bill->words, "Description"),
    [HSN] = mh_words (bill->words, "SAC"),
    [QUANTITY] = mh_words (bill->words, "Qty"),
    [PRICE] = mh_words (bill->words, "Price"),
    [DISCOUNT] = mh_words (bill->words, "Discount"),
    [TAXABLE] = mh_words (bill->words, "Taxable"),
    [TAX] = mh_words (bill->words, "Tax"),
    [AMOUNT] = mh_words (bill->words, "Amount"),
  };
  MhBox *box = mh_box_new ();
  MhType label = mh_type_coloured (&mh_type_small_bold, MH_INK_TEXT);

  mh_box_fill (box, MH_INK_BAND, 0, 0, bill->width, 18);
  for (guint i = 0; i < N_COLUMNS; i++)
    report_invoice_lines_put (box, grid, i, &label, 3.5, titles[i]);
  mh_box_rule (box, MH_INK_ACCENT, 0, 18, bill->width, 0.8);
  mh_box_set_tag (box, "TR");
  mh_box_set_height (box, 22);

  return box;
}

static char *
report_invoice_lines_tax_text (const MhBill *bill, MhRecord *line)
{
  if (mh_record_bool (line, MH_INVOICE_LINE_TAX_EXEMPT))
    return g_strdup (mh_words (bill->words, "exempt"));
  return mh_money_plain (mh_record_int (line, MH_INVOICE_LINE_TAX), bill->currency);
}

/* What stands small below the tax: its rate, and whether the price holds it already. */
static char *
report_invoice_lines_rate_text (const MhBill *bill, MhRecord *line)
{
  if (mh_record_int (line, MH_INVOICE_LINE_TAX_RATE) == 0)
    return NULL;
  g_autofree char *rate = mh_money_rate (line, MH_INVOICE_LINE_TAX_RATE);
  return mh_record_bool (line, MH_INVOICE_LINE_TAX_INCLUSIVE)
             ? g_strdup_printf ("%s %s", mh_words (bill->words, "incl."), rate)
             : g_steal_pointer (&rate);
}

static double
put_amounts (const MhBill *bill, const Grid *grid, MhBox *box, MhRecord *line)
{
  static const struct
  {
    Column column;
    guint field;
  } amounts[] = { { PRICE, MH_INVOICE_LINE_PRICE },
                  { TAXABLE, MH_INVOICE_LINE_TAXABLE },
                  { AMOUNT, MH_INVOICE_LINE_AMOUNT } };
  MhType body = mh_type_lines (&mh_type_body, 1);

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text
          = mh_money_plain (mh_record_int (line, amounts[i].field), bill->currency);
      report_invoice_lines_put (box, grid, amounts[i].column, &body, 0, text);
    }

  g_autofree char *quantity
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (line, MH_INVOICE_LINE_QUANTITY));
  gint64 discount = mh_record_int (line, MH_INVOICE_LINE_DISCOUNT);
  g_autofree char *cut = discount > 0 ? mh_money_plain (-discount, bill->currency) : NULL;
  g_autofree char *tax = report_invoice_lines_tax_text (bill, line);
  g_autofree char *rate = report_invoice_lines_rate_text (bill, line);

  report_invoice_lines_put (box, grid, QUANTITY, &body, 0, quantity);
  report_invoice_lines_put (box, grid, DISCOUNT, &body, 0, cut);
  double y = report_invoice_lines_put (box, grid, TAX, &body, 0, tax);

  return y + report_invoice_lines_put (box, grid, TAX, &mh_type_label, y, rate);
}

static MhBox *
row (const MhBill *bill, const Grid *grid, MhRecord *line, guint number)
{
  MhBox *box = mh_box_new ();
  g_autofree char *count = g_strdup_printf ("%u", number);
  const char *panel = mh_record_text (line, MH_INVOICE_LINE_PANEL);
  g_autofree char *code = mh_part_join (" · ", mh_record_text (line, MH_INVOICE_LINE_CODE) ?: "",
                                        panel != NULL ? panel : "", NULL);
  MhType grey = mh_type_coloured (&mh_type_body, MH_INK_GREY);

  report_invoice_lines_put (box, grid, NUMBER, &grey, 0, count);
  report_invoice_lines_put (box, grid, HSN, &grey, 0,
                            mh_record_text (line, MH_INVOICE_LINE_HSN_SAC));
  double y = report_invoice_lines_put (box, grid, DESCRIPTION, &mh_type_body, 0,
                                       mh_record_text (line, MH_INVOICE_LINE_DESCRIPTION));

  y += report_invoice_lines_put (box, grid, DESCRIPTION, &mh_type_label, y, code);
  double right = put_amounts (bill, grid, box, line);
  double height = MAX (y, right) + 3;

  mh_box_rule (box, MH_INK_HAIRLINE, 0, height, bill->width, 0.5);
  mh_box_set_tag (box, "TR");
  mh_box_set_height (box, height + 4);

  return box;
}

void
mh_bill_add_lines (const MhBill *bill, MhDocument *document)
{
  GPtrArray *lines = mh_record_records (bill->invoice, MH_INVOICE_LINES);
  if (lines == NULL || lines->len == 0)
    return;
  Grid grid = report_invoice_lines_lay_out (bill, lines);
  MhBox *titles = head (bill, &grid);
  mh_document_add (document, mh_box_ref (titles), MH_KEEP_NEXT);
  mh_document_repeat (document, MH_REPEAT_TABLE, titles);
  for (guint i = 0; i < lines->len; i++)
    mh_document_add (document, row (bill, &grid, g_ptr_array_index (lines, i), i + 1), 0);
}
