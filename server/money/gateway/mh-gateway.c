/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway.h"

#include "shared/records/money/mh-gateway.h"

static const char part_gateway[] = "gateway";

#define FAILURES_TO_OPEN 5

struct _MhGateway
{
  MhServerConfig *config;
  MhClock *clock;
  MhRazorpay *razorpay;
  MhBreaker *breaker;
  int stopping;
  guint64 counts[MH_GATEWAY_N_COUNTS];
};

MhGateway *
mh_gateway_new (MhServerConfig *config, MhClock *clock)
{
  MhGateway *gateway = g_new0 (MhGateway, 1);
  MhRazorpayConfig wanted
      = { .base_url = mh_server_config_text (config, "razorpay.base_url"),
          .key_id = mh_server_config_text (config, "razorpay.key_id"),
          .key_secret = mh_server_config_text (config, "razorpay.key_secret"),
          .connect_time
          = MIN (5, mh_server_config_int (config, "razorpay.timeout_seconds")) * G_USEC_PER_SEC,
          .total_time
          = mh_server_config_int (config, "razorpay.timeout_seconds") * G_USEC_PER_SEC };

  gateway->config = config;
  gateway->clock = mh_clock_ref (clock);
  gateway->breaker = mh_breaker_new (
      FAILURES_TO_OPEN, mh_server_config_int (config, "razorpay.pause_seconds") * MH_SECOND);
  if (wanted.key_id[0] != 0 && wanted.key_secret[0] != 0)
    gateway->razorpay = mh_razorpay_new (&wanted);

  return gateway;
}

void
mh_gateway_free (MhGateway *gateway)
{
  if (gateway == NULL)
    return;
  mh_razorpay_free (gateway->razorpay);
  mh_breaker_free (gateway->breaker);
  mh_clock_unref (gateway->clock);
  g_free (gateway);
}

void
mh_gateway_stop (MhGateway *gateway)
{
  g_atomic_int_set (&gateway->stopping, TRUE);
  if (gateway->razorpay != NULL)
    mh_razorpay_stop (gateway->razorpay);
}

MhRazorpay *
mh_gateway_razorpay (MhGateway *gateway)
{
  return gateway->razorpay;
}

gboolean
mh_gateway_is_test (MhGateway *gateway)
{
  return g_str_has_prefix (mh_server_config_text (gateway->config, "razorpay.key_id"), "rzp_test_");
}

MhBreaker *
mh_gateway_breaker (MhGateway *gateway)
{
  return gateway->breaker;
}

/* Saying no is an answer; so is "later". A call cut off because we stop says nothing. */
MhRzAnswer *
mh_gateway_heard (MhGateway *gateway, MhRzAnswer *answer)
{
  gboolean lost = answer->outcome == MH_RZ_UNSENT || answer->outcome == MH_RZ_UNKNOWN;
  gint64 now = mh_clock_now (gateway->clock);
  if (lost && g_atomic_int_get (&gateway->stopping))
    return answer;

  mh_gateway_count (gateway, MH_GATEWAY_CALLS);
  if (lost)
    {
      mh_gateway_count (gateway, MH_GATEWAY_CALLS_FAILED);
      mh_breaker_failed (gateway->breaker, now, answer->text);
    }
  else
    mh_breaker_succeeded (gateway->breaker, now);

  return answer;
}

void
mh_gateway_count (MhGateway *gateway, MhGatewayCount count)
{
  __atomic_fetch_add (&gateway->counts[count], 1, __ATOMIC_RELAXED);
}

void
mh_gateway_put_metrics (MhGateway *gateway, GString *out)
{
  static const char *const names[MH_GATEWAY_N_COUNTS]
      = { "calls", "calls_failed", "webhooks", "webhooks_repeated", "webhooks_forged" };
  MhBreakerView view;

  mh_breaker_look (gateway->breaker, mh_clock_now (gateway->clock), &view);
  for (guint i = 0; i < MH_GATEWAY_N_COUNTS; i++)
    g_string_append_printf (out,
                            "# TYPE mahima_gateway_%s_total counter\n"
                            "mahima_gateway_%s_total %" G_GUINT64_FORMAT "\n",
                            names[i], names[i],
                            __atomic_load_n (&gateway->counts[i], __ATOMIC_RELAXED));

  g_string_append_printf (out,
                          "# HELP mahima_gateway_breaker 0 closed, 1 open, 2 half open.\n"
                          "# TYPE mahima_gateway_breaker gauge\nmahima_gateway_breaker %d\n"
                          "# TYPE mahima_gateway_breaker_opened_total counter\n"
                          "mahima_gateway_breaker_opened_total %" G_GUINT64_FORMAT "\n",
                          (int)view.state, view.opened);
}

void
mh_gateway_describe (MhGateway *gateway, MhRecord *state)
{
  static const char *const states[] = { MH_BREAKER_CLOSED, MH_BREAKER_OPEN, MH_BREAKER_HALF_OPEN };
  MhBreakerView view;
  gboolean set_up = gateway->razorpay != NULL;

  mh_breaker_look (gateway->breaker, mh_clock_now (gateway->clock), &view);
  mh_record_set_bool (state, MH_GATEWAY_STATE_CONFIGURED, set_up);
  mh_record_set_text (state, MH_GATEWAY_STATE_MESSAGE, set_up ? NULL : MH_GATEWAY_NOT_CONFIGURED);
  mh_record_set_bool (state, MH_GATEWAY_STATE_TEST_MODE, set_up && mh_gateway_is_test (gateway));
  mh_record_set_bool (state, MH_GATEWAY_STATE_WEBHOOKS,
                      mh_server_config_text (gateway->config, "razorpay.webhook_secret")[0] != 0);
  mh_record_set_text (state, MH_GATEWAY_STATE_BREAKER, states[view.state]);
  mh_record_set_int (state, MH_GATEWAY_STATE_FAILURES, view.failures);
  if (view.state == MH_BREAKER_IS_OPEN)
    mh_record_set_int (state, MH_GATEWAY_STATE_BREAKER_UNTIL, view.until);
  if (view.succeeded_at > 0)
    mh_record_set_int (state, MH_GATEWAY_STATE_LAST_SUCCESS_AT, view.succeeded_at);
  if (view.failures > 0)
    mh_record_set_text (state, MH_GATEWAY_STATE_LAST_FAILURE, view.why);
}

MhGateway *
mh_server_gateway (MhServer *server)
{
  return mh_server_part (server, part_gateway);
}

void
mh_server_keep_gateway (MhServer *server, MhGateway *gateway)
{
  mh_server_keep (server, part_gateway, gateway, (GDestroyNotify)mh_gateway_free);
}
