/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/front/kiosk/mh-kiosk-visit.h"

#include <string.h>

#include "client/models/mh-fetch.h"
#include "client/pages/front/kiosk/mh-kiosk-keys.h"
#include "client/pages/front/kiosk/mh-kiosk-visit-private.h"
#include "client/widgets/base/mh-closures.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/people/mh-patient.h"

#include "client/pages/front/kiosk/mh-kiosk-words.h"
#include "client/widgets/base/mh-when.h"

#define PHONE_LEAST 7 /* digits */

G_DEFINE_FINAL_TYPE (MhKioskVisit, mh_kiosk_visit, MH_TYPE_PANE)

static guint over;

/* --- asking the server --- */

typedef struct
{
  MhKioskVisit *visit;
  MhKioskAnswered answered;
  gboolean quiet;
} Asked;

static void
kiosk_visit_asked_free (Asked *asked)
{
  g_object_unref (asked->visit);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, kiosk_visit_asked_free)

static void
kiosk_visit_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  MhKioskVisit *visit = asked->visit;

  if (mh_pane_context (MH_PANE (visit)) == NULL)
    return;

  if (asked->quiet)
    visit->polling = FALSE;
  else
    visit->asking = FALSE;

  if (answer != NULL)
    asked->answered (visit, answer);
  else if (!asked->quiet && !g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    {
      g_autofree char *words = mh_kiosk_words_of_error (error, visit->session != NULL);
      mh_kiosk_problem (visit, words);
    }
}

static void
kiosk_visit_ask (MhKioskVisit *visit,
                 const char *route,
                 const char *id,
                 MhRecord *body,
                 const char *key,
                 Asked *asked)
{
  const char *args[] = { id != NULL ? "id" : NULL, id, NULL };
  g_autofree char *json = mh_record_to_json (body, MH_JSON_AS_INPUT);
  g_autofree char *fresh = mh_id_new ();
  mh_fetch_async (
      mh_pane_context (MH_PANE (visit)),
      &(MhFetch){ .route = route, .args = args, .body = json, .key = key != NULL ? key : fresh },
      mh_pane_cancellable (MH_PANE (visit)), kiosk_visit_answered_cb, asked);
}

static Asked *
kiosk_visit_asked_new (MhKioskVisit *visit, MhKioskAnswered answered, gboolean quiet)
{
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (visit), answered, quiet };
  return asked;
}

void
mh_kiosk_ask (MhKioskVisit *visit,
              const char *route,
              const char *id,
              MhRecord *body,
              const char *key,
              MhKioskAnswered answered)
{
  if (visit->asking || mh_pane_context (MH_PANE (visit)) == NULL)
    return;
  visit->asking = TRUE;
  mh_kiosk_problem (visit, NULL);
  kiosk_visit_ask (visit, route, id, body, key, kiosk_visit_asked_new (visit, answered, FALSE));
}

void
mh_kiosk_read (MhKioskVisit *visit,
               const char *route,
               const char *name,
               const char *value,
               MhKioskAnswered answered)
{
  const char *args[] = { name, value, NULL };
  if (visit->asking || mh_pane_context (MH_PANE (visit)) == NULL)
    return;
  visit->asking = TRUE;
  mh_fetch_async (mh_pane_context (MH_PANE (visit)), &(MhFetch){ .route = route, .args = args },
                  mh_pane_cancellable (MH_PANE (visit)), kiosk_visit_answered_cb,
                  kiosk_visit_asked_new (visit, answered, FALSE));
}

void
mh_kiosk_ask_quietly (MhKioskVisit *visit,
                      const char *route,
                      const char *id,
                      MhRecord *body,
                      MhKioskAnswered answered)
{
  if (visit->polling || mh_pane_context (MH_PANE (visit)) == NULL)
    return;
  visit->polling = TRUE;
  kiosk_visit_ask (visit, route, id, body, NULL, kiosk_visit_asked_new (visit, answered, TRUE));
}

MhRecord *
mh_kiosk_ask_new (MhKioskVisit *visit)
{
  MhRecord *body = mh_record_new (&mh_kiosk_ask_type);
  mh_record_set_text (body, MH_KIOSK_ASK_SESSION, visit->session);
  return body;
}

/* --- steps --- */

void
mh_kiosk_problem (MhKioskVisit *visit, const char *words)
{
  mh_pane_complain (MH_PANE (visit), words);
}

void
mh_kiosk_step (MhKioskVisit *visit, const char *name, GtkWidget *focus)
{
  /* lists and papers take all there is, the rest stands in the middle */
  static const char *const tall[] = { "tests", "cart", "reports", "paper", NULL };
  gtk_widget_set_valign (visit->body,
                         g_strv_contains (tall, name) ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  mh_kiosk_problem (visit, NULL);
  gtk_stack_set_visible_child_name (visit->steps, name);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
  else
    gtk_widget_child_focus (gtk_stack_get_visible_child (visit->steps), GTK_DIR_TAB_FORWARD);
}

static void
finish_cb (MhKioskVisit *visit)
{
  g_signal_emit (visit, over, 0);
}

static void
to_person (MhKioskVisit *visit, gboolean fresh, gboolean wants_reports)
{
  visit->fresh = fresh;
  visit->wants_reports = wants_reports;
  gtk_widget_set_visible (visit->names, fresh);
  mh_kiosk_step (visit, "person", GTK_WIDGET (fresh ? visit->given : visit->phone));
}

static void
known_cb (MhKioskVisit *visit)
{
  to_person (visit, FALSE, FALSE);
}

static void
kiosk_visit_fresh_cb (MhKioskVisit *visit)
{
  to_person (visit, TRUE, FALSE);
}

static void
own_cb (MhKioskVisit *visit)
{
  to_person (visit, FALSE, TRUE);
}

/* --- who it is --- */

/* Figures alone, "07031984", are a date too. */
static char *
with_dots (const char *typed)
{
  g_autofree char *ascii = mh_text_ascii_digits (typed);
  g_strstrip (ascii);
  return strlen (ascii) == 8 && strspn (ascii, "0123456789") == 8
             ? g_strdup_printf ("%.2s/%.2s/%s", ascii, ascii + 2, ascii + 4)
             : g_strdelimit (g_steal_pointer (&ascii), ".", '/');
}

static gboolean
set_born (MhKioskVisit *visit, MhRecord *person)
{
  g_autofree char *typed = with_dots (gtk_editable_get_text (visit->born));
  MhDate born;
  gboolean estimated = TRUE;
  char iso[MH_DATE_LENGTH + 1];
  if (!mh_date_parse_free (typed, mh_when_today (), &born, &estimated, NULL) || estimated)
    return FALSE;
  mh_date_format (born, iso);
  mh_record_set_text (person, MH_KIOSK_PERSON_BIRTH_DATE, iso);
  return TRUE;
}

static const char *
chosen_sex (MhKioskVisit *visit)
{
  return gtk_toggle_button_get_active (visit->female)  ? MH_SEX_FEMALE
         : gtk_toggle_button_get_active (visit->male)  ? MH_SEX_MALE
         : gtk_toggle_button_get_active (visit->other) ? MH_SEX_OTHER
                                                       : NULL;
}

/* FALSE: something is missing, and was told. */
static gboolean
set_names (MhKioskVisit *visit, MhRecord *person)
{
  g_autofree char *given = g_strstrip (g_strdup (gtk_editable_get_text (visit->given)));
  g_autofree char *family = g_strstrip (g_strdup (gtk_editable_get_text (visit->family)));
  if (*given == '\0')
    {
      mh_kiosk_problem (visit, _ ("Please type your name."));
      gtk_widget_grab_focus (GTK_WIDGET (visit->given));
      return FALSE;
    }

  if (chosen_sex (visit) == NULL)
    {
      mh_kiosk_problem (visit, _ ("Please choose: female, male or other."));
      gtk_widget_grab_focus (GTK_WIDGET (visit->female));
      return FALSE;
    }

  mh_record_set_text (person, MH_KIOSK_PERSON_GIVEN_NAME, given);
  if (*family != '\0')
    mh_record_set_text (person, MH_KIOSK_PERSON_FAMILY_NAME, family);
  mh_record_set_text (person, MH_KIOSK_PERSON_SEX, chosen_sex (visit));

  return TRUE;
}

static gboolean
set_phone (MhKioskVisit *visit, MhRecord *person)
{
  g_autofree char *digits = mh_text_phone_digits (gtk_editable_get_text (visit->phone));
  if (digits == NULL || strlen (digits) < PHONE_LEAST)
    return FALSE;
  mh_record_set_text (person, MH_KIOSK_PERSON_PHONE, gtk_editable_get_text (visit->phone));
  return TRUE;
}

static void
proved_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  g_free (visit->session);
  visit->session = g_strdup (mh_record_text (answer->record, MH_KIOSK_VISITOR_SESSION));
  if (visit->wants_reports)
    mh_kiosk_reports_begin (visit);
  else
    mh_kiosk_order_begin (visit);
}

static void
kiosk_visit_person_cb (MhKioskVisit *visit)
{
  g_autoptr (MhRecord) person = mh_record_new (&mh_kiosk_person_type);
  if (visit->fresh && !set_names (visit, person))
    return;

  if (!set_phone (visit, person))
    {
      mh_kiosk_problem (visit, _ ("Please check the telephone number."));
      gtk_widget_grab_focus (GTK_WIDGET (visit->phone));
      return;
    }

  if (!set_born (visit, person))
    {
      mh_kiosk_problem (visit, _ ("Please check the date of birth: day, month, year."));
      gtk_widget_grab_focus (GTK_WIDGET (visit->born));
      return;
    }

  mh_record_set_text (person, MH_KIOSK_PERSON_LANGUAGE, visit->language);
  mh_kiosk_ask (visit, visit->fresh ? "kiosk.register" : "kiosk.find", NULL, person, NULL,
                proved_cb);
}

/* Enter goes on to the next entry, from the last to the server. */
static void
kiosk_visit_next_cb (GtkWidget *entry, MhKioskVisit *visit)
{
  GtkEditable *const order[] = { visit->given, visit->family, visit->phone, visit->born };
  for (guint i = 0; i + 1 < G_N_ELEMENTS (order); i++)
    if (GTK_EDITABLE (entry) == order[i])
      {
        gtk_widget_grab_focus (GTK_WIDGET (order[i + 1]));
        return;
      }
  kiosk_visit_person_cb (visit);
}

/* --- keeping what is typed in sight --- */

static gboolean
kiosk_visit_follow_cb (gpointer data)
{
  MhKioskVisit *visit = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (visit));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *entries = GTK_WIDGET (visit->entries);
  GtkWidget *entry = focus != NULL && gtk_widget_is_ancestor (focus, entries)
                         ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY)
                         : NULL;
  GtkWidget *row = entry != NULL ? gtk_widget_get_parent (entry) : NULL; /* with its label */
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (visit->entries);
  graphene_rect_t bounds;

  visit->following = 0;
  if (row == NULL || !gtk_widget_compute_bounds (row, entries, &bounds))
    return G_SOURCE_REMOVE;

  double top = gtk_adjustment_get_value (place) + bounds.origin.y;
  gtk_adjustment_clamp_page (place, top, top + bounds.size.height);
  return G_SOURCE_REMOVE;
}

/* A keyboard with more rows leaves less room above it, after the entry was scrolled to. */
static void
follow_cb (MhKioskVisit *visit)
{
  if (visit->following == 0)
    visit->following = g_idle_add (kiosk_visit_follow_cb, visit);
}

/* --- making it --- */

static void
wrap_labels (GtkWidget *widget)
{
  GtkWidget *inner = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;
  if (GTK_IS_LABEL (inner) && gtk_widget_has_css_class (widget, "mh-kiosk-button"))
    {
      gtk_label_set_wrap (GTK_LABEL (inner), TRUE);
      gtk_label_set_justify (GTK_LABEL (inner), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_labels (child);
}

static void
mh_kiosk_visit_dispose (GObject *object)
{
  g_clear_handle_id (&MH_KIOSK_VISIT (object)->following, g_source_remove);
  mh_kiosk_order_end (MH_KIOSK_VISIT (object));
  mh_kiosk_reports_end (MH_KIOSK_VISIT (object));
  G_OBJECT_CLASS (mh_kiosk_visit_parent_class)->dispose (object);
}

static void
mh_kiosk_visit_finalize (GObject *object)
{
  MhKioskVisit *visit = MH_KIOSK_VISIT (object);
  g_clear_object (&visit->state);
  g_hash_table_unref (visit->chosen);
  g_free (visit->language);
  g_free (visit->session);
  g_free (visit->order_id);
  G_OBJECT_CLASS (mh_kiosk_visit_parent_class)->finalize (object);
}

static void
kiosk_visit_bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, steps);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, body);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, problem);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, own);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, own_none);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, given);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, family);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, sex_row);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, entries);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, names);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, proofs);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, female);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, male);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, other);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, phone);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, born);
  gtk_widget_class_bind_template_callback (widget, known_cb);
  gtk_widget_class_bind_template_callback (widget, kiosk_visit_fresh_cb);
  gtk_widget_class_bind_template_callback (widget, own_cb);
  gtk_widget_class_bind_template_callback (widget, kiosk_visit_person_cb);
  gtk_widget_class_bind_template_callback (widget, kiosk_visit_next_cb);
  gtk_widget_class_bind_template_callback (widget, finish_cb);
  mh_closures_bind (widget);
}

/* Those of the visit's other files. */
static void
bind_steps (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_callback_full (widget, "cart_cb",
                                                G_CALLBACK (mh_kiosk_order_cart));
  gtk_widget_class_bind_template_callback_full (widget, "back_cb",
                                                G_CALLBACK (mh_kiosk_order_back));
  gtk_widget_class_bind_template_callback_full (widget, "pay_now_cb",
                                                G_CALLBACK (mh_kiosk_order_pay_now));
  gtk_widget_class_bind_template_callback_full (widget, "pay_desk_cb",
                                                G_CALLBACK (mh_kiosk_order_pay_desk));
  gtk_widget_class_bind_template_callback_full (widget, "at_desk_cb",
                                                G_CALLBACK (mh_kiosk_order_at_desk));
  gtk_widget_class_bind_template_callback_full (widget, "code_cb",
                                                G_CALLBACK (mh_kiosk_reports_code));
  gtk_widget_class_bind_template_callback_full (widget, "send_code_cb",
                                                G_CALLBACK (mh_kiosk_reports_send_code));
  gtk_widget_class_bind_template_callback_full (widget, "slip_cb",
                                                G_CALLBACK (mh_kiosk_order_slip));
  gtk_widget_class_bind_template_callback_full (widget, "print_cb",
                                                G_CALLBACK (mh_kiosk_reports_print));
  gtk_widget_class_bind_template_callback_full (widget, "paper_back_cb",
                                                G_CALLBACK (mh_kiosk_reports_paper_back));
}

static void
mh_kiosk_visit_class_init (MhKioskVisitClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_kiosk_visit_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_kiosk_visit_finalize;
  over = g_signal_new ("over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
  g_type_ensure (MH_TYPE_KIOSK_KEYS);
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("front/kiosk/mh-kiosk-visit"));
  kiosk_visit_bind_children (widget);
  bind_steps (widget);
  mh_kiosk_order_class_init (widget);
  mh_kiosk_reports_class_init (widget);
}

static void
mh_kiosk_visit_init (MhKioskVisit *visit)
{
  visit->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  visit->order_id = mh_id_new ();
  gtk_widget_init_template (GTK_WIDGET (visit));
  wrap_labels (GTK_WIDGET (visit));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (visit->entries),
                           "notify::page-size", G_CALLBACK (follow_cb), visit, G_CONNECT_SWAPPED);
}

GtkWidget *
mh_kiosk_visit_new (MhContext *context, MhRecord *state, const char *language)
{
  MhKioskVisit *visit = g_object_new (MH_TYPE_KIOSK_VISIT, "context", context, NULL);
  gboolean codes = mh_record_bool (state, MH_KIOSK_STATE_CODES);
  visit->state = g_object_ref (state);
  visit->language = g_strdup (language);
  gtk_widget_set_visible (visit->own, codes);
  gtk_widget_set_visible (visit->own_none, !codes);
  return GTK_WIDGET (visit);
}

void
mh_kiosk_visit_set_beside (MhKioskVisit *visit, gboolean beside)
{
  g_return_if_fail (MH_IS_KIOSK_VISIT (visit));
  GtkOrientation way = beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (visit->names), way);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (visit->proofs), way);
}

gboolean
mh_kiosk_visit_is_paying (MhKioskVisit *visit)
{
  g_return_val_if_fail (MH_IS_KIOSK_VISIT (visit), FALSE);
  return visit->poll != 0;
}

void
mh_kiosk_visit_end (MhKioskVisit *visit)
{
  g_return_if_fail (MH_IS_KIOSK_VISIT (visit));
  if (visit->session == NULL || mh_pane_context (MH_PANE (visit)) == NULL)
    return;
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  g_autofree char *json = mh_record_to_json (body, MH_JSON_AS_INPUT);
  g_autofree char *key = mh_id_new ();
  /* not with the visit's cancellable, which ends before this arrives */
  mh_fetch_async (mh_pane_context (MH_PANE (visit)),
                  &(MhFetch){ .route = "kiosk.end", .body = json, .key = key }, NULL, NULL, NULL);
  g_clear_pointer (&visit->session, g_free);
}
