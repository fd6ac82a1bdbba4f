/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-check-digit.h"

#include "shared/base/mh-paper-code.h"

#include <string.h>

#define MAX_PREFIX 6

char
mh_damm_digit (const char *digits)
{
  static const char table[10][11]
      = { "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
          "3674209581", "5869720134", "8945362017", "9438617205", "2581436790" };
  int row = 0;

  if (digits == NULL || *digits == 0)
    return 0;

  for (; *digits != 0; digits++)
    {
      if (!g_ascii_isdigit (*digits))
        return 0;
      row = table[row][*digits - '0'] - '0';
    }

  return (char)('0' + row);
}

/* The check digit leads back to row 0, and every row's own digit is the way there. */
gboolean
mh_damm_is_valid (const char *digits_with_check)
{
  return digits_with_check != NULL && strlen (digits_with_check) >= 2
         && mh_damm_digit (digits_with_check) == '0';
}

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* P after @length characters of @text (ISO 7064 hybrid system, modulus 36 and 37), or -1. */
static int
mod37_36_state (const char *text, gsize length)
{
  int p = 36;
  for (gsize i = 0; i < length; i++)
    {
      const char *found = text[i] != 0 ? strchr (alphabet, text[i]) : NULL;
      if (found == NULL)
        return -1;
      int s = (p + (int)(found - alphabet)) % 36;
      p = 2 * (s != 0 ? s : 36) % 37;
    }
  return p;
}

char
mh_mod37_36_character (const char *text)
{
  if (text == NULL || *text == 0)
    return 0;
  int p = mod37_36_state (text, strlen (text));
  return p < 0 ? 0 : alphabet[(37 - p) % 36];
}

gboolean
mh_mod37_36_is_valid (const char *text_with_check)
{
  gsize length = text_with_check != NULL ? strlen (text_with_check) : 0;
  if (length < 2)
    return FALSE;
  int p = mod37_36_state (text_with_check, length - 1);
  return p >= 0 && text_with_check[length - 1] == alphabet[(37 - p) % 36];
}

/* --- the numbers of the house --- */

typedef enum
{
  FORM_OTHER,
  FORM_BAD_CHECK,
  FORM_GOOD,
} Form;

static char *
mrn_printed (const char *prefix, const char *nine_digits)
{
  return g_strdup_printf ("%s-%.4s-%.4s-%c", prefix, nine_digits, nine_digits + 4, nine_digits[8]);
}

char *
mh_mrn_make (const char *prefix, gint64 number)
{
  gsize letters = prefix != NULL ? strlen (prefix) : 0;
  if (letters < 1 || letters > MAX_PREFIX || number < 0 || number > 99999999)
    return NULL;
  for (gsize i = 0; i < letters; i++)
    if (!g_ascii_isupper (prefix[i]))
      return NULL;
  char digits[16];
  g_snprintf (digits, sizeof digits, "%08d", (int)number);
  digits[8] = mh_damm_digit (digits);
  digits[9] = 0;
  return mrn_printed (prefix, digits);
}

/* One to six letters and nine digits; dashes and spaces anywhere between are no part of it. */
static Form
read_mrn (const char *text, char **out_mrn)
{
  char prefix[MAX_PREFIX + 1] = "";
  char digits[10] = "";
  int n_letters = 0, n_digits = 0;

  for (; *text != 0; text++)
    {
      if (*text == '-' || *text == ' ')
        continue;
      if (g_ascii_isalpha (*text) && n_digits == 0 && n_letters < MAX_PREFIX)
        prefix[n_letters++] = g_ascii_toupper (*text);
      else if (g_ascii_isdigit (*text) && n_letters > 0 && n_digits < 9)
        digits[n_digits++] = *text;
      else
        return FORM_OTHER;
    }

  if (n_digits != 9)
    return FORM_OTHER;
  if (!mh_damm_is_valid (digits))
    return FORM_BAD_CHECK;

  *out_mrn = mrn_printed (prefix, digits);
  return FORM_GOOD;
}

char *
mh_mrn_normalise (const char *text)
{
  char *mrn = NULL;
  return text != NULL && read_mrn (text, &mrn) == FORM_GOOD ? mrn : NULL;
}

char *
mh_accession_make (char bench, int year, int day_of_year, gint64 sequence)
{
  if (!g_ascii_isupper (bench) || year < 2000 || year > 2099 || day_of_year < 1 || day_of_year > 366
      || sequence < 1 || sequence > 99999)
    return NULL;
  char text[16];
  g_snprintf (text, sizeof text, "%c%02d%03d%05d", bench, year % 100, day_of_year, (int)sequence);
  return g_strdup_printf ("%s%c", text, mh_mod37_36_character (text));
}

/* A letter, ten digits, the check character, and perhaps "-01" to "-99". */
static Form
read_accession (const char *text, char **out_accession)
{
  g_autofree char *upper = g_strstrip (g_ascii_strup (text, -1));
  gsize length = strlen (upper);
  if ((length != 12 && length != 15) || !g_ascii_isupper (*upper) || !g_ascii_isalnum (upper[11]))
    return FORM_OTHER;

  for (int i = 1; i <= 10; i++)
    if (!g_ascii_isdigit (upper[i]))
      return FORM_OTHER;

  if (length == 15
      && (upper[12] != '-' || !g_ascii_isdigit (upper[13]) || !g_ascii_isdigit (upper[14])
          || g_str_equal (upper + 12, "-00")))
    return FORM_OTHER;

  int day = (upper[3] - '0') * 100 + (upper[4] - '0') * 10 + upper[5] - '0';
  g_autofree char *number = g_strndup (upper, 12);
  if (day < 1 || day > 366 || !mh_mod37_36_is_valid (number))
    return FORM_BAD_CHECK;

  *out_accession = g_steal_pointer (&upper);
  return FORM_GOOD;
}

char *
mh_accession_normalise (const char *text)
{
  char *accession = NULL;
  return text != NULL && read_accession (text, &accession) == FORM_GOOD ? accession : NULL;
}

/* The hospital's code, a dash, six digits or more; nine would be an MRN. */
static MhScanKind
check_digit_read_order (const char *text, char **out_code)
{
  enum
  {
    FEWEST = 6,
    MOST = 8,
    LONGEST_CODE = 12
  };

  g_autofree char *upper = g_strstrip (g_ascii_strup (text, -1));
  const char *dash = strrchr (upper, '-');
  gsize before = dash != NULL ? (gsize)(dash - upper) : 0,
        digits = dash != NULL ? strspn (dash + 1, "0123456789") : 0;

  if (before == 0 || before > LONGEST_CODE || !g_ascii_isalpha (*upper) || digits < FEWEST
      || digits > MOST || dash[1 + digits] != 0
      || strspn (upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+/") != strlen (upper))
    return MH_SCAN_NONE;

  *out_code = g_steal_pointer (&upper);
  return MH_SCAN_ORDER;
}

static MhScanKind
scan_result (Form form, MhScanKind good)
{
  return form == FORM_GOOD ? good : form == FORM_BAD_CHECK ? MH_SCAN_BAD_CHECK : MH_SCAN_NONE;
}

static MhScanKind
scan_take_rest (const char *rest, MhScanKind kind, char **out_code)
{
  g_autofree char *upper = g_strstrip (g_ascii_strup (rest, -1));
  if (*upper == 0)
    return MH_SCAN_NONE;
  *out_code = g_steal_pointer (&upper);
  return kind;
}

MhScanKind
mh_scan_classify (const char *text, char **out_code)
{
  if (text == NULL)
    return MH_SCAN_NONE;
  while (*text == ' ')
    text++;

  char prefix = *text != 0 && text[1] == ':' ? g_ascii_toupper (*text) : 0;
  switch (prefix)
    {
    case 'P':
      return scan_result (read_mrn (text + 2, out_code), MH_SCAN_MRN);
    case 'S':
      return scan_result (read_accession (text + 2, out_code), MH_SCAN_ACCESSION);
    case 'B':
      return scan_take_rest (text + 2, MH_SCAN_BOX, out_code);
    case 'U':
      return scan_take_rest (text + 2, MH_SCAN_UNIT, out_code);
    default:
      break;
    }

  MhPaperCode paper = mh_paper_code_read (text, out_code, NULL, NULL);
  if (paper != MH_PAPER_CODE_NONE)
    return paper == MH_PAPER_CODE_REPORT ? MH_SCAN_REPORT : MH_SCAN_PRESCRIPTION;

  MhScanKind kind = scan_result (read_accession (text, out_code), MH_SCAN_ACCESSION);
  if (kind != MH_SCAN_NONE)
    return kind;

  /* An order of "CITY-2" has as many digits as an MRN of "CITY", so it is asked for before the
   * check digit is missed. */
  kind = scan_result (read_mrn (text, out_code), MH_SCAN_MRN);
  if (kind == MH_SCAN_MRN)
    return kind;

  MhScanKind order = check_digit_read_order (text, out_code);
  return order != MH_SCAN_NONE ? order : kind;
}
