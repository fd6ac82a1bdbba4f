/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mahimactl: what is done at the server's own machine. */
#include "server/ctl/mh-ctl.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "shared/records/mh-records.h"

struct _MhCtl
{
  MhServerConfig *config;
  char *config_path;
  GPtrArray *words;
  GHashTable *options; /* name → value, "" for a flag */
  MhClock *clock;
  MhStore *store;
};

typedef struct
{
  const char *name; /* one or two words */
  MhCtlRun run;
  const char *usage;
  const char *help;
} Command;

/* clang-format off */
static const Command commands[] = {
  { "init",            mh_ctl_init,            "[--hospital NAME] [--code CODE]", "makes the database, roles, catalogue and first hospital" },
  { "user add",        mh_ctl_user_add,        "USERNAME --name NAME --role ROLE[,ROLE] [--hospital CODE] [--password-file FILE]", "adds an account" },
  { "user list",       mh_ctl_user_list,       "",                    "lists the accounts" },
  { "user disable",    mh_ctl_user_disable,    "USERNAME",            "shuts an account and ends its sessions" },
  { "user password",   mh_ctl_user_password,   "USERNAME [--password-file FILE]", "sets a new password and unlocks" },
  { "user factor-off", mh_ctl_user_factor,     "USERNAME",            "takes the second factor off, as when both administrators lost theirs" },
  { "role list",       mh_ctl_role_list,       "",                    "lists the roles and their rights" },
  { "hospital add",    mh_ctl_hospital_add,    "CODE --name NAME [--city CITY] [--state STATE] [--time-zone ZONE]", "adds a hospital" },
  { "migrate",         mh_ctl_migrate,         "[--dry-run]",         "brings the database to this program's schema" },
  { "backup",          mh_ctl_backup,          "FILE",                "copies the database while it is in use" },
  { "restore",         mh_ctl_restore,         "FILE",                "puts a copy in the place of an empty or absent database" },
  { "audit verify",    mh_ctl_audit_verify,    "[--heads FILE]",      "checks the audit trail's chain" },
  { "ledger verify",   mh_ctl_ledger_verify,   "",                    "compares payments, refunds, orders and advances with the ledger" },
  { "invoices verify", mh_ctl_invoices_verify, "",                    "looks for gaps in invoice numbers, and for invoices that were changed" },
  { "mail bounce",     mh_ctl_mail_bounce,     "< MESSAGE",           "takes note of one returned mail, as a mail server pipes it" },
  { "mail bounces",    mh_ctl_mail_bounces,    "",                    "reads the returned mails of smtp.bounce_maildir now" },
  { "tls init",        mh_ctl_tls_init,        "DIR [--name HOST[,HOST]]", "makes a private authority and a certificate" },
  { "report verify",   mh_ctl_report_verify,   "FILE|CODE",           "checks a printed report's code against the database" },
  { "import patients", mh_ctl_import_patients, "FILE.csv [--dry-run] [--map FILE] [--skip-bad] [--hospital CODE]", "registers patients" },
  { "import tests",    mh_ctl_import_tests,    "FILE.csv [--dry-run] [--map FILE] [--skip-bad]", "adds tests to the catalogue" },
  { "import prices",   mh_ctl_import_prices,   "FILE.csv --list CODE [--dry-run] [--map FILE] [--skip-bad]", "puts prices into a price list" },
  { "catalogue lint",  mh_ctl_catalogue_lint,  "",                    "walks every test from order to report and says what is wrong" },
  { "catalogue export", mh_ctl_catalogue_export, "FILE.json | FILE.csv --type KIND", "writes the catalogue, or one kind of row as a table" },
  { "catalogue import", mh_ctl_catalogue_import, "FILE.json | FILE.csv --type KIND [--dry-run]", "takes a catalogue file in: all of it or nothing" },
  { "settlement import", mh_ctl_settlement_import, "FILE.csv --provider razorpay|card --reference R --date D [--dry-run] [--hospital CODE]", "compares what a provider paid out with the payments" },
  { "map import",      mh_ctl_map_import,      "FILE.osm.pbf [--name NAME]", "brings a map of OpenStreetMap in, in the place of the one before" },
  { "protocol import", mh_ctl_protocol_import, "[FILE.json] [--hospital CODE]", "judges new emergency calls by that protocol; without a file by the one that comes along" },
  { "demo",            mh_ctl_demo,            "--patients N --orders M --seed S [--today DATE]", "fills an empty database with invented people" },
  { "check-config",    mh_ctl_check_config,    "",                    "says what is wrong in the configuration" },
  { "schema",          mh_ctl_schema,          "",                    "prints the tables as they are derived from the records" },
};
/* clang-format on */

static const char *const flags[] = { "dry-run", "skip-bad", "help", "version", NULL };

MhServerConfig *
mh_ctl_config (MhCtl *ctl)
{
  return ctl->config;
}

const char *
mh_ctl_config_path (MhCtl *ctl)
{
  return ctl->config_path;
}

void
mh_ctl_set_clock (MhCtl *ctl, MhClock *clock)
{
  g_return_if_fail (ctl->store == NULL);
  g_clear_pointer (&ctl->clock, mh_clock_unref);
  ctl->clock = mh_clock_ref (clock);
}

MhStore *
mh_ctl_store (MhCtl *ctl, gboolean migrate, GError **error)
{
  if (ctl->store != NULL)
    return ctl->store;

  MhStoreConfig wanted = { .url = mh_server_config_text (ctl->config, "database.url"),
                           .readers = 2,
                           .clock = ctl->clock };

  if (g_str_has_prefix (wanted.url, "sqlite:"))
    {
      g_autofree char *folder = g_path_get_dirname (wanted.url + strlen ("sqlite:"));
      g_mkdir_with_parents (folder, 0700);
    }

  ctl->store = mh_store_open (&wanted, migrate, error);
  return ctl->store;
}

const char *
mh_ctl_word (MhCtl *ctl, guint index)
{
  return index < ctl->words->len ? g_ptr_array_index (ctl->words, index) : NULL;
}

const char *
mh_ctl_option (MhCtl *ctl, const char *name)
{
  return g_hash_table_lookup (ctl->options, name);
}

gboolean
mh_ctl_flag (MhCtl *ctl, const char *name)
{
  return g_hash_table_contains (ctl->options, name);
}

gboolean
mh_ctl_number (MhCtl *ctl,
               const char *name,
               gint64 fallback,
               gint64 most,
               gint64 *out_number,
               GError **error)
{
  const char *text = mh_ctl_option (ctl, name);
  gint64 number = fallback;
  if ((text == NULL && fallback < 0)
      || (text != NULL && !g_ascii_string_to_signed (text, 10, 0, most, &number, NULL)))
    {
      mh_error_set (error, MH_ERROR_INVALID, "--%s needs a number from 0 to %" G_GINT64_FORMAT ".",
                    name, most);
      return FALSE;
    }
  *out_number = number;
  return TRUE;
}

const char *
mh_ctl_need (MhCtl *ctl, guint index, const char *what, GError **error)
{
  const char *word = mh_ctl_word (ctl, index);
  if (word == NULL)
    mh_error_set (error, MH_ERROR_INVALID, "%s is missing. See mahimactl --help.", what);
  return word;
}

gboolean
mh_ctl_read (MhCtl *ctl, MhCtlRead func, gpointer data, GError **error)
{
  MhStore *store = mh_ctl_store (ctl, FALSE, error);
  MhDb *db = store != NULL ? mh_store_take_reader (store, error) : NULL;
  if (db == NULL)
    return FALSE;
  gboolean done = func (db, data, error);
  mh_store_give_reader (store, db);
  return done;
}

gboolean
mh_ctl_write (MhCtl *ctl, MhTxFunc func, gpointer data, GError **error)
{
  static const MhWho machine = { .user_name = "mahimactl", .station = "console" };
  MhStore *store = mh_ctl_store (ctl, FALSE, error);
  return store != NULL && mh_store_write (store, &machine, func, data, error);
}

/* One line, not shown while it is typed. */
static char *
read_hidden (void)
{
  struct termios before, hidden;
  gboolean terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0;
  char line[512] = "";

  if (terminal)
    {
      hidden = before;
      hidden.c_lflag &= ~(tcflag_t)ECHO;
      fputs ("Password: ", stderr);
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
    }

  const char *got = fgets (line, sizeof line, stdin);
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      fputc ('\n', stderr);
    }

  line[strcspn (line, "\r\n")] = '\0';
  return got != NULL ? g_strdup (line) : NULL;
}

char *
mh_ctl_password (MhCtl *ctl, GError **error)
{
  const char *path = mh_ctl_option (ctl, "password-file");
  char *password = NULL;
  if (path != NULL && !g_file_get_contents (path, &password, NULL, error))
    return NULL;

  if (path == NULL)
    password = read_hidden ();
  if (password != NULL)
    password[strcspn (password, "\r\n")] = '\0';
  if (password != NULL && *password != '\0')
    return password;

  g_free (password);
  mh_error_set (error, MH_ERROR_INVALID, "Give a password, typed or by --password-file FILE.");
  return NULL;
}

/* --- starting --- */

static void
print_help (void)
{
  puts ("Usage: mahimactl --config FILE COMMAND …\n       mahimactl --help | --version\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].help);
}

static gboolean
main_parse (MhCtl *ctl, int argc, char **argv, GError **error)
{
  for (int i = 1; i < argc; i++)
    {
      const char *name = argv[i] + 2;
      if (!g_str_has_prefix (argv[i], "--"))
        {
          g_ptr_array_add (ctl->words, argv[i]);
          continue;
        }
      if (g_strv_contains (flags, name))
        {
          g_hash_table_insert (ctl->options, (gpointer)name, (gpointer) "");
          continue;
        }
      if (i + 1 >= argc)
        {
          mh_error_set (error, MH_ERROR_INVALID, "%s needs a value.", argv[i]);
          return FALSE;
        }
      g_hash_table_insert (ctl->options, (gpointer)name, argv[++i]);
    }

  return TRUE;
}

static const Command *
find_command (MhCtl *ctl, GError **error)
{
  const char *first = mh_ctl_word (ctl, 0), *second = mh_ctl_word (ctl, 1);
  for (guint i = 0; first != NULL && i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words = g_strsplit (commands[i].name, " ", 2);
      if (!g_str_equal (words[0], first) || (words[1] != NULL && g_strcmp0 (words[1], second) != 0))
        continue;
      g_ptr_array_remove_range (ctl->words, 0, words[1] != NULL ? 2 : 1);
      return &commands[i];
    }
  mh_error_set (error, MH_ERROR_INVALID, "There is no such command. See mahimactl --help.");
  return NULL;
}

/* A word that nobody reads is a mistake in writing, such as --dryrun: then nothing is done. */
static gboolean
check_options (MhCtl *ctl, const Command *command, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  g_auto (GStrv) known = g_strsplit_set (command->usage, "[] ", -1);

  g_hash_table_iter_init (&iter, ctl->options);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *option = g_strconcat ("--", name, NULL);
      if (g_str_equal (name, "config") || g_strv_contains ((const char *const *)known, option))
        continue;
      mh_error_set (error, MH_ERROR_INVALID, "“%s” takes no %s. See mahimactl --help.",
                    command->name, option);
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_config (MhCtl *ctl, const Command *command, GError **error)
{
  ctl->config_path = g_strdup (mh_ctl_option (ctl, "config"));
  if (command->run == mh_ctl_tls_init || command->run == mh_ctl_schema
      || command->run == mh_ctl_check_config)
    return TRUE;
  ctl->config = mh_server_config_load (ctl->config_path, error);
  return ctl->config != NULL;
}

static void
n_main_print_error (const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  fprintf (stderr, "mahimactl: %s\n", error->message);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    fprintf (stderr, "  %s: %s\n", mh_issues_nth (issues, i)->field,
             mh_issues_nth (issues, i)->message);
}

static int
main_run (MhCtl *ctl, int argc, char **argv, GError **error)
{
  if (!main_parse (ctl, argc, argv, error))
    return MH_CTL_FAILED;

  if (mh_ctl_flag (ctl, "help"))
    {
      print_help ();
      return MH_CTL_DONE;
    }

  if (mh_ctl_flag (ctl, "version"))
    {
      puts ("mahimactl " MAHIMA_VERSION);
      return MH_CTL_DONE;
    }

  const Command *command = find_command (ctl, error);
  if (command == NULL || !check_options (ctl, command, error) || !load_config (ctl, command, error))
    return MH_CTL_FAILED;

  return command->run (ctl, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  MhCtl ctl
      = { .words = g_ptr_array_new (), .options = g_hash_table_new (g_str_hash, g_str_equal) };

  setlocale (LC_ALL, "");
  mh_records_register ();
  int status = main_run (&ctl, argc, argv, &error);

  if (error != NULL)
    n_main_print_error (error);
  mh_store_close (ctl.store);
  g_clear_pointer (&ctl.clock, mh_clock_unref);
  mh_server_config_free (ctl.config);
  g_free (ctl.config_path);
  g_ptr_array_unref (ctl.words);
  g_hash_table_unref (ctl.options);
  return error != NULL && status == MH_CTL_DONE ? MH_CTL_FAILED : status;
}
