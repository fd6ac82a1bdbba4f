/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/runtime/mh-server-config.h"

#include <string.h>

typedef enum
{
  TEXT,
  FILE_NAME, /* must be readable when it is given */
  SECRET,    /* KEY_file=PATH reads it from a file */
  INT,
  BOOL,
} Kind;

typedef struct
{
  const char *key; /* "group.key" */
  Kind kind;
  const char *fallback;
  gint64 least;
  gint64 most;
} Key;

/* clang-format off */
static const Key keys[] = {
  { "server.listen", TEXT, "127.0.0.1:8080" },
  { "server.public_url", TEXT, "" },
  { "server.tls_certificate", FILE_NAME, "" },
  { "server.tls_key", FILE_NAME, "" },
  { "server.trusted_proxies", TEXT, "" },
  { "server.forwarded_header", TEXT, "x-forwarded-for" },
  { "server.threads", INT, "0", 0, 64 },
  { "server.workers", INT, "0", 0, 256 },
  { "server.data_dir", TEXT, "" },
  { "server.drain_seconds", INT, "0", 0, 600 },
  { "server.stop_seconds", INT, "20", 1, 600 },
  { "server.jobs", BOOL, "true" },
  { "database.url", TEXT, "" },
  { "log.level", TEXT, "info" },
  { "log.file", TEXT, "" },
  { "log.max_mib", INT, "50", 0, 100000 },
  { "log.keep", INT, "5", 0, 99 },
  { "limits.max_connections", INT, "4096", 16, 100000 },
  { "limits.max_of_address", INT, "512", 4, 100000 },
  { "limits.max_body_kib", INT, "4096", 16, 8192 },
  { "limits.max_bodies_mib", INT, "64", 16, 4096 },
  { "limits.max_waiting", INT, "4096", 16, 100000 },
  { "limits.header_seconds", INT, "15", 1, 600 },
  { "limits.body_seconds", INT, "30", 1, 3600 },
  { "limits.rate_normal", INT, "600", 0, 10000000 },
  { "limits.rate_login", INT, "60", 0, 10000000 },
  { "limits.rate_heavy", INT, "60", 0, 10000000 },
  { "limits.rate_tile", INT, "6000", 0, 10000000 },
  { "session.idle_minutes", INT, "60", 1, 100000 },
  { "session.lock_minutes", INT, "10", 1, 240 },
  { "session.absolute_minutes", INT, "1440", 1, 1000000 },
  { "security.key_file", TEXT, "" },
  { "lab.tax", INT, "2000", 0, 100000000 },
  { "lab.order_expiry_hours", INT, "48", 1, 8760 },
  { "maps.tiles_mib", INT, "8", 1, 4096 },
  { "maps.may_go_against", BOOL, "false" },
  { "analysers.run", BOOL, "true" },
  { "analysers.tls_certificate", FILE_NAME, "" },
  { "analysers.tls_key", FILE_NAME, "" },
  { "razorpay.base_url", TEXT, "https://api.razorpay.com" },
  { "razorpay.key_id", TEXT, "" },
  { "razorpay.key_secret", SECRET, "" },
  { "razorpay.webhook_secret", SECRET, "" },
  { "razorpay.webhook_secret_old", SECRET, "" },
  { "razorpay.account_id", TEXT, "" },
  { "razorpay.qr_minutes", INT, "15", 3, 120 },
  { "razorpay.link_hours", INT, "48", 1, 4000 },
  { "razorpay.poll_seconds", INT, "3", 1, 600 },
  { "razorpay.timeout_seconds", INT, "15", 1, 60 },
  { "razorpay.pause_seconds", INT, "15", 1, 3600 },
  { "twilio.base_url", TEXT, "https://api.twilio.com" },
  { "twilio.account_sid", TEXT, "" },
  { "twilio.auth_token", SECRET, "" },
  { "twilio.auth_token_old", SECRET, "" },
  { "twilio.from", TEXT, "" },
  { "twilio.per_minute", INT, "60", 1, 100000 },
  { "twilio.timeout_seconds", INT, "15", 1, 60 },
  { "twilio.pause_seconds", INT, "15", 1, 3600 },
  { "clamd.address", TEXT, "" },
  { "smtp.url", TEXT, "" },
  { "smtp.from", TEXT, "" },
  { "smtp.username", TEXT, "" },
  { "smtp.password", SECRET, "" },
  { "smtp.ca_file", FILE_NAME, "" },
  { "smtp.per_minute", INT, "120", 1, 100000 },
  { "smtp.bounce", TEXT, "" },
  { "smtp.bounce_maildir", TEXT, "" },
};
/* clang-format on */

struct _MhServerConfig
{
  char *values[G_N_ELEMENTS (keys)];
};

static int
server_config_find_key (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, key))
      return (int)i;
  return -1;
}

static guint
known_key (const char *key)
{
  int index = server_config_find_key (key);
  if (index < 0)
    g_error ("The configuration has no key %s.", key);
  return (guint)index;
}

static void
server_config_set_value (MhServerConfig *config, guint index, const char *value)
{
  g_free (config->values[index]);
  config->values[index] = g_strstrip (g_strdup (value));
}

/* --- checks --- */

static gboolean
is_bool (const char *text)
{
  return g_str_equal (text, "true") || g_str_equal (text, "false");
}

static void
check_value (const Key *key, const char *value, MhIssues *issues)
{
  gint64 number = 0;
  if (key->kind == INT
      && !g_ascii_string_to_signed (value, 10, key->least, key->most, &number, NULL))
    mh_issues_add (issues, key->key, "out_of_range",
                   "must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   key->least, key->most);
  else if (key->kind == BOOL && !is_bool (value))
    mh_issues_add (issues, key->key, "format", "must be true or false");
  else if (key->kind == FILE_NAME && value[0] != 0 && !g_file_test (value, G_FILE_TEST_IS_REGULAR))
    mh_issues_add (issues, key->key, "not_found", "names no file: %s", value);
}

static void
check_address (MhServerConfig *config, const char *key, MhIssues *issues)
{
  const char *value = mh_server_config_text (config, key);
  g_autoptr (GSocketConnectable) address
      = value[0] != 0 ? g_network_address_parse (value, 8080, NULL) : NULL;
  const char *host
      = address != NULL ? g_network_address_get_hostname (G_NETWORK_ADDRESS (address)) : NULL;
  if (value[0] != 0
      && (host == NULL || !(g_hostname_is_ip_address (host) || g_str_equal (host, "localhost"))))
    mh_issues_add (issues, key, "format", "must be an address and port, such as 127.0.0.1:8080");
}

static void
check_proxies (MhServerConfig *config, MhIssues *issues)
{
  g_auto (GStrv) parts
      = g_strsplit_set (mh_server_config_text (config, "server.trusted_proxies"), ", ;", -1);
  const char *header = mh_server_config_text (config, "server.forwarded_header");

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GInetAddressMask) mask
          = parts[i][0] != 0 ? g_inet_address_mask_new_from_string (parts[i], NULL) : NULL;
      if (mask == NULL && parts[i][0] != 0)
        mh_issues_add (issues, "server.trusted_proxies", "format",
                       "must be addresses and networks, such as 127.0.0.1, 10.1.0.0/16; not %s",
                       parts[i]);
    }

  if (!g_str_equal (header, "x-forwarded-for") && !g_str_equal (header, "forwarded"))
    mh_issues_add (issues, "server.forwarded_header", "unknown_code",
                   "must be x-forwarded-for or forwarded");
}

static gboolean
is_loopback_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  return host != NULL && g_str_has_prefix (url, "http://")
         && (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost")
             || g_str_equal (host, "::1"));
}

static void
check_razorpay (MhServerConfig *config, MhIssues *issues)
{
  const char *base = mh_server_config_text (config, "razorpay.base_url");
  const char *id = mh_server_config_text (config, "razorpay.key_id");
  const char *secret = mh_server_config_text (config, "razorpay.key_secret");
  const char *hook = mh_server_config_text (config, "razorpay.webhook_secret");
  const char *old = mh_server_config_text (config, "razorpay.webhook_secret_old");

  if (!g_str_has_prefix (base, "https://") && !is_loopback_url (base))
    mh_issues_add (issues, "razorpay.base_url", "format",
                   "must begin with https:// (http:// only to this very machine)");
  if ((id[0] == 0) != (secret[0] == 0))
    mh_issues_add (issues, id[0] == 0 ? "razorpay.key_id" : "razorpay.key_secret", "required",
                   "key_id and key_secret must be given together");
  if (id[0] != 0 && !g_str_has_prefix (id, "rzp_test_") && !g_str_has_prefix (id, "rzp_live_"))
    mh_issues_add (issues, "razorpay.key_id", "format",
                   "must be a key of Razorpay: rzp_test_... or rzp_live_...");
  if (hook[0] == 0 && old[0] != 0)
    mh_issues_add (issues, "razorpay.webhook_secret", "required",
                   "must be given when webhook_secret_old is");
}

static void
check_twilio (MhServerConfig *config, MhIssues *issues)
{
  const char *base = mh_server_config_text (config, "twilio.base_url");
  const char *account = mh_server_config_text (config, "twilio.account_sid");
  const char *token = mh_server_config_text (config, "twilio.auth_token");
  const char *from = mh_server_config_text (config, "twilio.from");

  if (!g_str_has_prefix (base, "https://") && !is_loopback_url (base))
    mh_issues_add (issues, "twilio.base_url", "format",
                   "must begin with https:// (http:// only to this very machine)");
  if ((account[0] == 0) != (token[0] == 0))
    mh_issues_add (issues, account[0] == 0 ? "twilio.account_sid" : "twilio.auth_token", "required",
                   "account_sid and auth_token must be given together");
  if (account[0] != 0 && !g_str_has_prefix (account, "AC"))
    mh_issues_add (issues, "twilio.account_sid", "format", "must be an account: AC...");
  if (account[0] != 0 && from[0] == 0)
    mh_issues_add (issues, "twilio.from", "required",
                   "must be the sender's number, name or messaging service (MG...)");
}

static void
check_certificate (MhServerConfig *config,
                   const char *certificate_key,
                   const char *key_key,
                   MhIssues *issues)
{
  const char *certificate = mh_server_config_text (config, certificate_key);
  const char *key = mh_server_config_text (config, key_key);
  if ((certificate[0] == 0) != (key[0] == 0))
    mh_issues_add (issues, key_key, "required",
                   "tls_certificate and tls_key must be given together");
}

static void
check_together (MhServerConfig *config, MhIssues *issues)
{
  const char *url = mh_server_config_text (config, "database.url");
  const char *level = mh_server_config_text (config, "log.level");
  static const char *const levels[] = { "error", "warning", "info", "debug", NULL };

  check_certificate (config, "server.tls_certificate", "server.tls_key", issues);
  check_certificate (config, "analysers.tls_certificate", "analysers.tls_key", issues);
  if (!g_str_has_prefix (url, "sqlite:") && !g_str_has_prefix (url, "postgresql://")
      && !g_str_has_prefix (url, "postgres://"))
    mh_issues_add (issues, "database.url", "format", "must begin with sqlite: or postgresql://");
  if (!g_strv_contains (levels, level))
    mh_issues_add (issues, "log.level", "unknown_code", "must be error, warning, info or debug");
  check_address (config, "server.listen", issues);
  check_proxies (config, issues);
  check_razorpay (config, issues);
  check_twilio (config, issues);
}

/* --- sources: file, then environment, then secrets' files --- */

/* What older files may still hold. */
static const char *
why_unknown (const char *key)
{
  if (g_str_equal (key, "database.replica_urls"))
    return "is not used: everything is read from database.url; take this line out";
  return "is not a key of this program";
}

static void
read_unknown (GKeyFile *file, MhIssues *issues)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[i], NULL, NULL);
      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        {
          g_autofree char *key = g_strconcat (groups[i], ".", names[j], NULL);
          g_autofree char *plain = g_str_has_suffix (key, "_file")
                                       ? g_strndup (key, strlen (key) - strlen ("_file"))
                                       : g_strdup (key);
          int index = server_config_find_key (key);
          int secret = server_config_find_key (plain);
          if (index < 0 && (secret < 0 || keys[secret].kind != SECRET))
            mh_issues_add (issues, key, "unknown_field", "%s", why_unknown (key));
        }
    }
}

static char *
environment_name (const char *key)
{
  g_autofree char *upper = g_ascii_strup (key, -1);
  return g_strconcat ("MAHIMA_", g_strdelimit (upper, ".", '_'), NULL);
}

static void
read_secret (MhServerConfig *config,
             GKeyFile *file,
             guint index,
             const char *name,
             MhIssues *issues)
{
  g_auto (GStrv) parts = g_strsplit (keys[index].key, ".", 2);
  g_autofree char *file_key = g_strconcat (parts[1], "_file", NULL);
  g_autofree char *file_variable = g_strconcat (name, "_FILE", NULL);
  g_autofree char *path = g_key_file_get_string (file, parts[0], file_key, NULL);
  g_autofree char *text = NULL;

  if (g_getenv (file_variable) != NULL)
    {
      g_free (path);
      path = g_strdup (g_getenv (file_variable));
    }

  if (path == NULL)
    return;

  if (g_file_get_contents (path, &text, NULL, NULL))
    server_config_set_value (config, index, text);
  else
    mh_issues_add (issues, keys[index].key, "not_found", "its file cannot be read: %s", path);
}

static void
server_config_read_key (MhServerConfig *config, GKeyFile *file, guint index, MhIssues *issues)
{
  g_auto (GStrv) parts = g_strsplit (keys[index].key, ".", 2);
  g_autofree char *name = environment_name (keys[index].key);
  g_autofree char *value = g_key_file_get_string (file, parts[0], parts[1], NULL);
  if (value != NULL)
    server_config_set_value (config, index, value);
  if (keys[index].kind == SECRET)
    read_secret (config, file, index, name, issues);
  if (g_getenv (name) != NULL)
    server_config_set_value (config, index, g_getenv (name));
  check_value (&keys[index], config->values[index], issues);
}

/* Where nothing is said: below the user's own data folder. */
static void
fill_places (MhServerConfig *config)
{
  guint dir = known_key ("server.data_dir");
  guint url = known_key ("database.url");
  if (config->values[dir][0] == 0)
    {
      g_autofree char *path = g_build_filename (g_get_user_data_dir (), "mahima-server", NULL);
      server_config_set_value (config, dir, path);
    }

  if (config->values[url][0] == 0)
    {
      g_autofree char *path = g_build_filename (config->values[dir], "mahima.db", NULL);
      g_autofree char *text = g_strconcat ("sqlite:", path, NULL);
      server_config_set_value (config, url, text);
    }
}

static gboolean
load_file (GKeyFile *file, const char *path, GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (path == NULL || g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &inner))
    return TRUE;
  mh_error_set_field (error, path, "format", "%s", inner->message);
  return FALSE;
}

MhServerConfig *
mh_server_config_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (!load_file (file, path, error))
    return NULL;

  g_autoptr (MhServerConfig) config = g_new0 (MhServerConfig, 1);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    config->values[i] = g_strdup (keys[i].fallback);
  read_unknown (file, issues);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    server_config_read_key (config, file, i, issues);
  fill_places (config);
  check_together (config, issues);
  return mh_issues_raise (issues, error) ? g_steal_pointer (&config) : NULL;
}

void
mh_server_config_free (MhServerConfig *config)
{
  if (config == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_free (config->values[i]);
  g_free (config);
}

const char *
mh_server_config_text (MhServerConfig *config, const char *key)
{
  return config->values[known_key (key)];
}

gint64
mh_server_config_int (MhServerConfig *config, const char *key)
{
  return g_ascii_strtoll (mh_server_config_text (config, key), NULL, 10);
}

gboolean
mh_server_config_bool (MhServerConfig *config, const char *key)
{
  return g_str_equal (mh_server_config_text (config, key), "true");
}

void
mh_server_config_set (MhServerConfig *config, const char *key, const char *value)
{
  server_config_set_value (config, known_key (key), value);
}
