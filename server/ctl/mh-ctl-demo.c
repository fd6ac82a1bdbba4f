/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>
#include <unistd.h>

#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-demo.h"
#include "server/dispatch/maps/mh-map-folder.h"
#include "server/people/patients/mh-patients-reindex.h"
#include "server/platform/auth/mh-password.h"
#include "shared/base/mh-date.h"

static void
ctl_demo_show (const char *what, guint done, guint of, gpointer data)
{
  if (isatty (STDOUT_FILENO))
    printf ("\r%u of %u %s%s", done, of, what, done == of ? "\n" : "");
  fflush (stdout);
}

/* The start of the day (UTC): all that is made lies before it, and a second run of the day is the
 * same; only who waits in the house waits now. */
static gboolean
pick_day (MhCtl *ctl, gint64 *out_start, gint64 *out_now, GError **error)
{
  const char *text = mh_ctl_option (ctl, "today");
  MhDate day;
  g_autoptr (MhClock) clock = mh_clock_new ();

  if (text == NULL)
    day = mh_date_of_instant (mh_clock_now (clock), NULL);
  else if (!mh_date_parse (text, &day))
    {
      mh_error_set (error, MH_ERROR_INVALID, "--today needs a date like 2026-11-21.");
      return FALSE;
    }

  *out_start = mh_date_to_days (day) * MH_DAY;
  *out_now = text == NULL ? mh_clock_now (clock) : 0;
  return TRUE;
}

/* A city with the streets of one: where the demonstration's calls come from. */
#define CTL_DEMO_MAP "gothenburg-roads-2016.osm.pbf"

static gboolean
ctl_demo_map (MhCtl *ctl, GError **error)
{
  g_autofree char *path = mh_data_file_find (CTL_DEMO_MAP, error);
  MhMapImport import = { .data_dir = mh_server_config_text (mh_ctl_config (ctl), "server.data_dir"),
                         .path = path,
                         .name = "Gothenburg" };
  g_autoptr (MhMapInfo) info = path != NULL ? mh_map_folder_import (&import, error) : NULL;
  return info != NULL;
}

int
mh_ctl_demo (MhCtl *ctl, GError **error)
{
  gint64 patients = 0, orders = 0, seed = 0, start = 0, now = 0;
  if (!mh_ctl_number (ctl, "patients", 200, 10000000, &patients, error)
      || !mh_ctl_number (ctl, "orders", 120, 10000000, &orders, error)
      || !mh_ctl_number (ctl, "seed", 1, G_MAXUINT32, &seed, error)
      || !pick_day (ctl, &start, &now, error))
    return MH_CTL_FAILED;

  g_autoptr (MhClock) clock = mh_clock_new_at (start);
  mh_ctl_set_clock (ctl, clock);
  MhStore *store = mh_ctl_store (ctl, TRUE, error);
  MhDemoPlan plan = { .patients = (guint)patients,
                      .orders = (guint)orders,
                      .seed = (guint32)seed,
                      .waiting_at = now,
                      .progress = ctl_demo_show };

  if (store == NULL || !mh_patients_reindex_start (store, error)
      || !mh_demo_fill (store, &plan, error) || !ctl_demo_map (ctl, error))
    return MH_CTL_FAILED;

  printf ("Made %u patients and %u orders. Sign in as reception, technician, pathologist, admin … "
          "with the "
          "password %s. A kiosk signs in as kiosk; its staff PIN is %s.\n",
          plan.patients, plan.orders, MH_PASSWORD_DEMONSTRATION, MH_DEMO_KIOSK_PIN);

  return MH_CTL_DONE;
}
