/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whom a proxy asks, both headers, line by line; whose connections are counted together. */
#include "server/platform/http/mh-http-budget.h"
#include "server/platform/http/mh-http-crowd.h"
#include "server/platform/http/mh-http-forwarded.h"
#include "shared/base/mh-error.h"

#define NETWORKS "127.0.0.1, 10.1.0.0/16 fd00::/8"

/* clang-format off */
static const struct
{
  const char *peer, *x, *rfc, *client; /* the same told in both headers */
} cases[] = {
  { "203.0.113.5", "192.0.2.1", "for=192.0.2.1", "203.0.113.5" }, /* a stranger */
  { "127.0.0.1", NULL, NULL, "127.0.0.1" },
  { "127.0.0.1", "", "", "127.0.0.1" },
  { "127.0.0.1", "192.0.2.1", "for=192.0.2.1", "192.0.2.1" },
  { "127.0.0.1", "192.0.2.1:4711", "for=\"192.0.2.1:4711\"", "192.0.2.1" },
  { "127.0.0.1", "198.51.100.9, 192.0.2.1", "for=198.51.100.9, for=192.0.2.1", "192.0.2.1" },
  { "127.0.0.1", "192.0.2.1, 10.1.2.3", "for=192.0.2.1;proto=https, For=10.1.2.3;by=127.0.0.1", "192.0.2.1" },
  { "127.0.0.1", "192.0.2.1, 10.2.0.1", "for=192.0.2.1, for=10.2.0.1", "10.2.0.1" }, /* beside the network */
  { "10.1.255.255", "192.0.2.1", "for=192.0.2.1", "192.0.2.1" },
  { "10.2.0.0", "192.0.2.1", "for=192.0.2.1", "10.2.0.0" },
  { "127.0.0.1", "2001:db8::1", "for=\"[2001:db8::1]\"", "2001:db8::1" },
  { "127.0.0.1", "[2001:DB8::1]:80", "for=\"[2001:DB8::1]:80\"", "2001:db8::1" },
  { "fd12::1", "::ffff:192.0.2.1", "for=\"[::ffff:192.0.2.1]\"", "192.0.2.1" },
  { "127.0.0.1", "unknown", "for=unknown", "127.0.0.1" },
  { "127.0.0.1", "192.0.2.1, _hidden", "for=192.0.2.1, for=_hidden", "127.0.0.1" },
  { "127.0.0.1", "192.0.2.1,", "for=192.0.2.1,", "127.0.0.1" },
  { "127.0.0.1", "192.0.2.1 or so", "for=\"192.0.2.1 or so\"", "127.0.0.1" },
  { "127.0.0.1", "1.2.3.4.5", "by=192.0.2.1", "127.0.0.1" },
  { "127.0.0.1", "192.0.2.1\"", "for=192.0.2.1\"", "127.0.0.1" },
};
/* clang-format on */

static void
assert_client (const MhHttpProxies *proxies, guint i, const char *value)
{
  g_autoptr (GInetAddress) peer = g_inet_address_new_from_string (cases[i].peer);
  g_autofree char *client = mh_http_proxies_client (proxies, peer, value);
  if (g_strcmp0 (client, cases[i].client) != 0)
    g_error ("%s by way of %s: %s, not %s", value, cases[i].peer, client, cases[i].client);
}

static void
test_clients (void)
{
  g_autoptr (GError) error = NULL;
  MhHttpProxies *x = mh_http_proxies_new (NETWORKS, MH_FORWARDED_FOR, &error);
  g_assert_no_error (error);
  MhHttpProxies *rfc = mh_http_proxies_new (NETWORKS, MH_FORWARDED_RFC7239, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_client (x, i, cases[i].x);
      assert_client (rfc, i, cases[i].rfc);
    }
  mh_http_proxies_free (x);
  mh_http_proxies_free (rfc);
}

static void
test_networks (void)
{
  static const char *const wrong[]
      = { "10.0.0.0/33", "10.0.0.1/8", "proxy.example", "127.0.0.1, x" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_http_proxies_new (wrong[i], MH_FORWARDED_FOR, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
  MhHttpProxies *none = mh_http_proxies_new ("", MH_FORWARDED_FOR, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_assert_false (mh_http_proxies_trust (none, loopback));
  mh_http_proxies_free (none);
}

static gboolean
enter (MhHttpCrowd *crowd, const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  return mh_http_crowd_enter (crowd, address);
}

static void
test_crowd (void)
{
  MhHttpCrowd *crowd = mh_http_crowd_new (2);
  g_autoptr (GInetAddress) one = g_inet_address_new_from_string ("192.0.2.1");
  g_assert_true (enter (crowd, "192.0.2.1"));
  g_assert_true (enter (crowd, "192.0.2.1"));
  g_assert_false (enter (crowd, "192.0.2.1"));
  g_assert_true (enter (crowd, "192.0.2.2"));
  mh_http_crowd_leave (crowd, one);
  g_assert_true (enter (crowd, "192.0.2.1"));
  g_assert_false (enter (crowd, "192.0.2.1"));
  g_assert_true (enter (crowd, "2001:db8:0:1::1"));
  g_assert_true (enter (crowd, "2001:db8:0:1:ffff::2"));
  g_assert_false (enter (crowd, "2001:db8:0:1:abcd::3"));
  g_assert_true (enter (crowd, "2001:db8:0:2::1"));
  mh_http_crowd_free (crowd);
}

static void
test_budget (void)
{
  MhHttpBudget budget = { .most = 100000 };
  g_assert_true (mh_http_budget_take (&budget, 100000));
  g_assert_false (mh_http_budget_take (&budget, MH_HTTP_SMALL_BODY + 1));
  for (guint i = 0; i < 6; i++)
    g_assert_true (mh_http_budget_take (&budget, MH_HTTP_SMALL_BODY));
  g_assert_false (mh_http_budget_take (&budget, MH_HTTP_SMALL_BODY));
  g_assert_true (mh_http_budget_take (&budget, 25000 - 6 * MH_HTTP_SMALL_BODY));
  g_assert_false (mh_http_budget_take (&budget, 1));
  mh_http_budget_give (&budget, 100000);
  g_assert_true (mh_http_budget_take (&budget, 75000));
  g_assert_false (mh_http_budget_take (&budget, 25001));
  g_assert_cmpint (budget.used, ==, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-forwarded/clients", test_clients);
  g_test_add_func ("/http-forwarded/networks", test_networks);
  g_test_add_func ("/http-forwarded/crowd", test_crowd);
  g_test_add_func ("/http-forwarded/budget", test_budget);
  return g_test_run ();
}
