/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What newer GTK and libadwaita bring, in the shape we want, on GTK 4.8 and libadwaita 1.2. When
 * the floor moves, the files of this folder are what changes.
 */
#include <adwaita.h>

G_BEGIN_DECLS

/* --- a line across the top of a page with one button (AdwBanner, 1.3) --- */
#define MH_TYPE_BANNER (mh_banner_get_type ())
G_DECLARE_FINAL_TYPE (MhBanner, mh_banner, MH, BANNER, GtkWidget)
GtkWidget *mh_banner_new (const char *title);
/* In a template the properties "title", "button" and "revealed". */
void mh_banner_set_title (MhBanner *banner, const char *title);
void mh_banner_set_button (MhBanner *banner,
                           const char *label); /* NULL: none; signal "button-clicked" */
void mh_banner_set_revealed (MhBanner *banner, gboolean revealed);

/* --- list and detail side by side; one at a time when narrow (AdwNavigationSplitView, 1.4) --- */
#define MH_TYPE_SPLIT (mh_split_get_type ())
G_DECLARE_FINAL_TYPE (MhSplit, mh_split, MH, SPLIT, GtkWidget)
/* In a template the properties "start", "start-width", "end", "end-width", "grow-start".
 * @start_width: smallest comfortable width of the list, @end_width of the detail; folds below the
 * sum. */
GtkWidget *mh_split_new (GtkWidget *start, int start_width, GtkWidget *end, int end_width);
/* Narrow: shows the detail (TRUE) or the list. Wide: nothing. Action "split.back" goes back. */
void mh_split_show_end (MhSplit *split, gboolean show_end);
gboolean mh_split_is_folded (MhSplit *split); /* property "folded" */
gboolean mh_split_shows_end (MhSplit *split); /* TRUE when both are on show */
/* Which side grows with the window; the list by default is fixed. */
void mh_split_set_grow_start (MhSplit *split, gboolean grow_start);

/* --- a side bar that becomes an overlay when narrow (AdwOverlaySplitView, 1.4) --- */
#define MH_TYPE_FLAP (mh_flap_get_type ())
/* Properties "side" and "content" (widgets, to be set), "folded" (to be read). */
G_DECLARE_FINAL_TYPE (MhFlap, mh_flap, MH, FLAP, GtkWidget)
void mh_flap_set_revealed (MhFlap *flap, gboolean revealed);
gboolean mh_flap_is_revealed (MhFlap *flap);
gboolean mh_flap_is_folded (MhFlap *flap);

/* --- pages one over the other with a way back (AdwNavigationView, 1.4) --- */
#define MH_TYPE_PAGE_STACK (mh_page_stack_get_type ())
G_DECLARE_FINAL_TYPE (MhPageStack, mh_page_stack, MH, PAGE_STACK, GtkWidget)
GtkWidget *mh_page_stack_new (void);
void
mh_page_stack_push (MhPageStack *stack, GtkWidget *page, const char *title); /* action "nav.back" */
gboolean mh_page_stack_pop (MhPageStack *stack); /* FALSE: at the first */

/* --- questions (AdwAlertDialog, 1.5) ---
 * @action names the consequence: "Refund ₹511". TRUE when it was chosen. */
void mh_ask_async (GtkWidget *parent,
                   const char *heading,
                   const char *body,
                   const char *action,
                   gboolean destructive,
                   GAsyncReadyCallback callback,
                   gpointer data);
gboolean mh_ask_finish (GAsyncResult *result);
/* An AdwMessageDialog with "cancel" as its first response, for questions of another shape. */
GtkWidget *mh_ask_new (GtkWidget *parent, const char *heading, const char *body);

/* --- files through the portal (GtkFileDialog, 4.10). NULL when cancelled. @name: proposed; @media:
 * filter or NULL */
void mh_pick_file_async (GtkWidget *parent,
                         gboolean save,
                         const char *title,
                         const char *name,
                         const char *media,
                         GAsyncReadyCallback callback,
                         gpointer data);
GFile *mh_pick_file_finish (GAsyncResult *result);

/* gtk_widget_set_sensitive() of what the focus may be in: an entry that becomes insensitive with
 * the focus in it is not told that it lost it, and goes on blinking (GTK 4.8). */
void mh_sensitive_set (GtkWidget *widget, gboolean sensitive);
/* A check button whose words go on in a next line where there is no room beside it. */
GtkWidget *mh_check_button_new (const char *label);

/* gtk_widget_set_tooltip_text() asks the display where the pointer is, each time: a table that
 * fills its rows would wait for thousands of answers. This one does so only when the words are
 * others. */
void mh_tooltip_set (GtkWidget *widget, const char *text);

/* --- a modal window with title and content; Escape closes it (AdwDialog, 1.5) ---
 * Makes an empty @window one, with @content; MhDialog of client/widgets does it for templates. */
void mh_dialog_fill (AdwWindow *window, GtkWidget *content);
/* Where the focus is at first, @first being in the content: its first control otherwise. */
void mh_dialog_begin_at (GtkWindow *window, GtkWidget *first);

/* adw_toast_overlay_add_toast(), takes @toast. Before libadwaita 1.7 a message that is dismissed or
 * undone while it comes in ends the program: what is told when it has come in is told to a message
 * that has gone. There it comes in at once. */
void mh_toast_add (AdwToastOverlay *overlay, AdwToast *toast);

/* In a browser (GDK's Broadway) there is one page and nobody who arranges windows: @window fills
 * it, and goes on doing so when its size changes. Before it is shown; elsewhere this does nothing.
 */
void mh_window_fill_browser (GtkWindow *window);
void mh_about_show (GtkWindow *parent, const char *version);
/* Brings a row of a GtkListView or GtkColumnView into sight (gtk_…_scroll_to(), 4.12). */
void mh_list_scroll_to (GtkWidget *list, guint position);
/* Once, at the start: Tab goes from a row of a list or table on to what comes after it, Shift+Tab
 * to what comes before; the arrows go from row to row (GtkListView:tab-behavior, 4.12). A flow box
 * is gone through like any other container. */
void mh_tab_leaves_lists (void);
/* Once, at the start: a drop-down that can be searched opens with the keys at its chosen row; what
 * is typed there is searched for (since 4.12 the keys would be in the search). */
void mh_drop_downs_open_at_rows (void);
/* The colour in which a widget writes (gtk_widget_get_color(), 4.10). */
void mh_colour_of (GtkWidget *widget, GdkRGBA *out_colour);
/* How much larger than usual text is, 1 to 3; widths in pixels are multiplied by it. */
double mh_text_scale (void);
/* The children of @stack that are not on show leave the accessible tree, as long as it lives: GTK
 * 4.8 leaves them in it as if they could be seen. Once for each stack. */
void mh_stack_hide_rest (GtkStack *stack);
/* The accessible name of a control without a visible label. */
void mh_accessible_name (GtkWidget *widget, const char *name);
/* Once, at the start: what has a name that was given and words that it shows is called by the name.
 * GTK 4.8 reads out both, one after the other; since 4.14 the words of a button or a drop-down
 * stand in the way of the name, so that "Whose calendar" would be read out as "Dr Iyer" alone, and
 * the items of a menu have no name. Children of stacks that are not on show leave the tree. */
void mh_accessible_keep_names (void);

G_END_DECLS
