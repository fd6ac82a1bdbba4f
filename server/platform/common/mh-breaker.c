/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-breaker.h"

#include "shared/base/mh-clock.h"

#define MOST_DOUBLINGS 4

#define LONGEST_DELAY (5 * MH_MINUTE)

struct _MhBreaker
{
  GMutex lock;
  guint limit;
  gint64 pause;
  guint doublings;
  gboolean open;
  gint64 trial_until; /* somebody tries; 0: nobody */
  MhBreakerView view;
};

MhBreaker *
mh_breaker_new (guint failures, gint64 pause)
{
  MhBreaker *breaker = g_new0 (MhBreaker, 1);
  g_mutex_init (&breaker->lock);
  breaker->limit = failures;
  breaker->pause = pause;
  return breaker;
}

void
mh_breaker_free (MhBreaker *breaker)
{
  if (breaker == NULL)
    return;
  g_mutex_clear (&breaker->lock);
  g_free (breaker);
}

gboolean
mh_breaker_take (MhBreaker *breaker, gint64 now, gint64 *out_until)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&breaker->lock);
  if (!breaker->open)
    return TRUE;
  if (now >= breaker->view.until && now >= breaker->trial_until)
    {
      breaker->trial_until = now + breaker->pause;
      return TRUE;
    }
  *out_until = MAX (breaker->view.until, breaker->trial_until);
  return FALSE;
}

void
mh_breaker_succeeded (MhBreaker *breaker, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&breaker->lock);
  breaker->open = FALSE;
  breaker->doublings = 0;
  breaker->trial_until = 0;
  breaker->view.failures = 0;
  breaker->view.until = 0;
  breaker->view.succeeded_at = now;
}

void
mh_breaker_failed (MhBreaker *breaker, gint64 now, const char *why)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&breaker->lock);
  breaker->view.failures++;
  g_strlcpy (breaker->view.why, why != NULL ? why : "", sizeof breaker->view.why);

  /* calls that were on their way when it opened say nothing new */
  if (breaker->open && now < breaker->view.until)
    return;
  if (!breaker->open && breaker->view.failures < breaker->limit)
    return;

  if (breaker->open)
    breaker->doublings = MIN (breaker->doublings + 1, MOST_DOUBLINGS);
  breaker->open = TRUE;
  breaker->trial_until = 0;
  breaker->view.opened++;
  breaker->view.until = now + (breaker->pause << breaker->doublings);
}

void
mh_breaker_look (MhBreaker *breaker, gint64 now, MhBreakerView *out_view)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&breaker->lock);
  *out_view = breaker->view;
  if (!breaker->open)
    out_view->state = MH_BREAKER_IS_CLOSED;
  else
    out_view->state = now >= breaker->view.until ? MH_BREAKER_IS_HALF_OPEN : MH_BREAKER_IS_OPEN;
}

/* --- delays --- */

gint64
mh_breaker_jitter (gint64 time)
{
  return time * g_random_int_range (90, 111) / 100;
}

gint64
mh_breaker_delay (gint64 tries, guint retry_after)
{
  gint64 delay = MIN (MH_SECOND << CLAMP (tries, 0, 10), LONGEST_DELAY);
  return MAX (mh_breaker_jitter (delay), retry_after * MH_SECOND);
}
