/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/front/kiosk/mh-kiosk-keys.h"

#include <string.h>

#include "client/compat/mh-compat.h"

#include "client/pages/front/kiosk/mh-kiosk-words.h"

#define DELETE "⌫"
#define SPACE "␣"
/* to the letters of another script */
#define TO_LATIN "ABC"
#define TO_DEVANAGARI "अआइ"
#define TO_URDU "ابپ"
#define MOST_KEYS 12

/* clang-format off */
static const char *const latin[][MOST_KEYS] = {
  { "Q", "W", "E", "R", "T", "Y", "U", "I", "O", "P", NULL },
  { "A", "S", "D", "F", "G", "H", "J", "K", "L", DELETE, NULL },
  { TO_DEVANAGARI, "Z", "X", "C", "V", "B", "N", "M", "-", "'", SPACE, NULL },
  { NULL },
};
static const char *const devanagari[][MOST_KEYS] = {
  { "अ", "आ", "इ", "ई", "उ", "ऊ", "ऋ", "ए", "ऐ", "ओ", "औ", NULL },
  { "क", "ख", "ग", "घ", "च", "छ", "ज", "झ", "ट", "ठ", "ड", NULL },
  { "ढ", "ण", "त", "थ", "द", "ध", "न", "प", "फ", "ब", "भ", NULL },
  { "म", "य", "र", "ल", "व", "श", "ष", "स", "ह", "ळ", "ञ", NULL },
  { TO_URDU, "्", "ं", "ँ", "़", "-", SPACE, DELETE, NULL },
  { NULL },
};
static const char *const urdu[][MOST_KEYS] = {
  { "ا", "آ", "ب", "پ", "ت", "ٹ", "ث", "ج", "چ", "ح", "خ", NULL },
  { "د", "ڈ", "ذ", "ر", "ڑ", "ز", "ژ", "س", "ش", "ص", "ض", NULL },
  { "ط", "ظ", "ع", "غ", "ف", "ق", "ک", "گ", "ل", "م", "ن", NULL },
  { TO_LATIN, "ں", "و", "ہ", "ھ", "ء", "ی", "ے", "ئ", SPACE, DELETE, NULL },
  { NULL },
};
static const char *const digits[][MOST_KEYS] = {
  { "1", "2", "3", NULL }, { "4", "5", "6", NULL }, { "7", "8", "9", NULL }, { "+", "0", DELETE, NULL }, { NULL },
};
/* A vowel's own letter, and its sign behind a consonant. */
static const char *const signs[][2] = {
  { "आ", "ा" }, { "इ", "ि" }, { "ई", "ी" }, { "उ", "ु" }, { "ऊ", "ू" }, { "ऋ", "ृ" }, { "ए", "े" }, { "ऐ", "ै" }, { "ओ", "ो" }, { "औ", "ौ" },
};
/* clang-format on */
static const char *const (*const scripts[])[MOST_KEYS] = { latin, devanagari, urdu };

struct _MhKioskKeys
{
  GtkBox parent_instance;
  GtkWidget *letters[G_N_ELEMENTS (scripts)], *figures;
  guint script;
  gboolean writing; /* letters are wanted */
};

G_DEFINE_FINAL_TYPE (MhKioskKeys, mh_kiosk_keys, GTK_TYPE_BOX)

/* The text that is being typed, or NULL. */
static GtkEditable *
target (MhKioskKeys *keys)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (keys));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return GTK_IS_EDITABLE (focus) ? GTK_EDITABLE (focus) : NULL;
}

/* क to ह and ळ, or the dot below them that makes others of them. */
static gboolean
is_consonant (gunichar sign)
{
  return (sign >= 0x0915 && sign <= 0x0939) || sign == 0x093C;
}

/* A name begins with a capital, the rest is small; a vowel behind a consonant is its sign. */
static char *
kiosk_keys_formed (GtkEditable *editable, const char *letter, int at)
{
  g_autofree char *before = gtk_editable_get_chars (editable, 0, at);
  gsize length = strlen (before);
  if (length == 0 || before[length - 1] == ' ' || before[length - 1] == '-')
    return g_strdup (letter);
  gunichar last = g_utf8_get_char (g_utf8_prev_char (before + length));
  for (guint i = 0; is_consonant (last) && i < G_N_ELEMENTS (signs); i++)
    if (g_str_equal (signs[i][0], letter))
      return g_strdup (signs[i][1]);
  return g_ascii_strdown (letter, -1);
}

static gboolean
is_other (const char *what)
{
  return g_str_equal (what, TO_LATIN) || g_str_equal (what, TO_DEVANAGARI)
         || g_str_equal (what, TO_URDU);
}

static void
show_board (MhKioskKeys *keys)
{
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    gtk_widget_set_visible (keys->letters[i], keys->writing && i == keys->script);
  gtk_widget_set_visible (keys->figures, !keys->writing);
}

static void
erase (GtkEditable *editable)
{
  int at = gtk_editable_get_position (editable);
  if (gtk_editable_get_selection_bounds (editable, NULL, NULL))
    gtk_editable_delete_selection (editable);
  else if (at > 0)
    gtk_editable_delete_text (editable, at - 1, at);
}

static void
kiosk_keys_key_cb (GtkButton *button, MhKioskKeys *keys)
{
  const char *what = g_object_get_data (G_OBJECT (button), "key");
  GtkEditable *editable = target (keys);
  if (is_other (what))
    {
      keys->script = (keys->script + 1) % G_N_ELEMENTS (scripts);
      show_board (keys);
      return;
    }

  if (editable == NULL)
    return;

  if (g_str_equal (what, DELETE))
    {
      erase (editable);
      return;
    }

  gtk_editable_delete_selection (editable);
  int at = gtk_editable_get_position (editable);
  g_autofree char *text
      = g_str_equal (what, SPACE) ? g_strdup (" ") : kiosk_keys_formed (editable, what, at);

  gtk_editable_insert_text (editable, text, -1, &at);
  gtk_editable_set_position (editable, at);
}

static GtkWidget *
key_new (MhKioskKeys *keys, const char *what)
{
  gboolean mark = g_unichar_ismark (g_utf8_get_char (what));
  g_autofree char *shown = g_strconcat (mark ? "◌" : "", what, NULL);
  GtkWidget *button = gtk_button_new_with_label (shown);

  gtk_widget_add_css_class (button, "mh-kiosk-key");
  gtk_widget_set_can_focus (button, FALSE);
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data (G_OBJECT (button), "key", (gpointer)what);
  if (g_str_equal (what, DELETE))
    mh_accessible_name (button, _ ("Delete"));
  else if (g_str_equal (what, SPACE))
    mh_accessible_name (button, _ ("Space"));
  else if (is_other (what))
    mh_accessible_name (button, _ ("Other letters"));

  g_signal_connect (button, "clicked", G_CALLBACK (kiosk_keys_key_cb), keys);
  return button;
}

static GtkWidget *
board_new (MhKioskKeys *keys, const char *const (*rows)[MOST_KEYS])
{
  GtkWidget *board = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; rows[i][0] != NULL; i++)
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
      gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
      for (guint k = 0; rows[i][k] != NULL; k++)
        gtk_box_append (GTK_BOX (line), key_new (keys, rows[i][k]));
      gtk_box_append (GTK_BOX (board), line);
    }

  /* a keyboard reads from left to right everywhere */
  gtk_widget_set_direction (board, GTK_TEXT_DIR_LTR);
  for (GtkWidget *line = gtk_widget_get_first_child (board); line != NULL;
       line = gtk_widget_get_next_sibling (line))
    gtk_widget_set_direction (line, GTK_TEXT_DIR_LTR);

  gtk_box_append (GTK_BOX (keys), board);
  return board;
}

static void
kiosk_keys_focus_cb (MhKioskKeys *keys)
{
  GtkEditable *editable = target (keys);
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_DIGITS;
  if (GTK_IS_TEXT (editable))
    purpose = gtk_text_get_input_purpose (GTK_TEXT (editable));
  keys->writing = purpose == GTK_INPUT_PURPOSE_FREE_FORM;
  show_board (keys);
}

static void
mh_kiosk_keys_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mh_kiosk_keys_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (kiosk_keys_focus_cb), widget, G_CONNECT_SWAPPED);
}

static void
mh_kiosk_keys_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), kiosk_keys_focus_cb, widget);
  GTK_WIDGET_CLASS (mh_kiosk_keys_parent_class)->unroot (widget);
}

static void
mh_kiosk_keys_class_init (MhKioskKeysClass *klass)
{
  GTK_WIDGET_CLASS (klass)->root = mh_kiosk_keys_root;
  GTK_WIDGET_CLASS (klass)->unroot = mh_kiosk_keys_unroot;
}

static void
mh_kiosk_keys_init (MhKioskKeys *keys)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (keys), GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    keys->letters[i] = board_new (keys, scripts[i]);
  keys->figures = board_new (keys, digits);
  show_board (keys);
}
