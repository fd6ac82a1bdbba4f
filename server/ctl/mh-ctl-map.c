/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>
#include <unistd.h>

#include "server/dispatch/maps/mh-map-folder.h"

/* Each per cent once. */
static void
ctl_map_show (double done, gpointer data)
{
  int *shown = data, percent = (int)(done * 100);
  if (percent == *shown || !isatty (STDOUT_FILENO))
    return;
  *shown = percent;
  printf ("\r%d %% read%s", percent, percent == 100 ? "\n" : "");
  fflush (stdout);
}

int
mh_ctl_map_import (MhCtl *ctl, GError **error)
{
  int shown = -1;
  MhMapImport import = { .data_dir = mh_server_config_text (mh_ctl_config (ctl), "server.data_dir"),
                         .path = mh_ctl_need (ctl, 0, "FILE.osm.pbf", error),
                         .name = mh_ctl_option (ctl, "name"),
                         .progress = ctl_map_show,
                         .data = &shown };
  g_autoptr (MhMapInfo) info = import.path != NULL ? mh_map_folder_import (&import, error) : NULL;
  if (info == NULL)
    return MH_CTL_FAILED;

  printf ("Imported the map “%s”: %u junctions, %u stretches of road, version %s. A running server "
          "takes it within a second. © OpenStreetMap contributors, ODbL 1.0.\n",
          info->name, import.n_junctions, import.n_stretches, info->version);
  return MH_CTL_DONE;
}
