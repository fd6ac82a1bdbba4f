/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-fetch.h"

#include <curl/curl.h>
#include <string.h>

#define MOST_IDLE 8

struct _MhFetcher
{
  GMutex lock;
  GQueue idle; /* CURL *, each with its open connections */
  int stop;
};

typedef struct
{
  MhFetcher *fetcher;
  GByteArray *body;
  gsize max_size;
  gboolean too_long;
} Reply;

MhFetcher *
mh_fetcher_new (void)
{
  MhFetcher *fetcher = g_new0 (MhFetcher, 1);
  g_mutex_init (&fetcher->lock);
  g_queue_init (&fetcher->idle);
  return fetcher;
}

void
mh_fetcher_free (MhFetcher *fetcher)
{
  if (fetcher == NULL)
    return;

  for (CURL *curl = g_queue_pop_head (&fetcher->idle); curl != NULL;
       curl = g_queue_pop_head (&fetcher->idle))
    curl_easy_cleanup (curl);
  g_mutex_clear (&fetcher->lock);
  g_free (fetcher);
}

void
mh_fetcher_stop (MhFetcher *fetcher)
{
  g_atomic_int_set (&fetcher->stop, TRUE);
}

void
mh_fetched_free (MhFetched *fetched)
{
  if (fetched == NULL)
    return;
  g_clear_pointer (&fetched->body, g_bytes_unref);
  g_free (fetched->content_type);
  g_free (fetched->error);
  g_free (fetched);
}

static CURL *
take_handle (MhFetcher *fetcher)
{
  g_mutex_lock (&fetcher->lock);
  CURL *curl = g_queue_pop_head (&fetcher->idle);
  g_mutex_unlock (&fetcher->lock);
  return curl != NULL ? curl : curl_easy_init ();
}

static void
give_handle (MhFetcher *fetcher, CURL *curl)
{
  curl_easy_reset (curl);
  g_mutex_lock (&fetcher->lock);
  gboolean keep = g_queue_get_length (&fetcher->idle) < MOST_IDLE;
  if (keep)
    g_queue_push_head (&fetcher->idle, curl);
  g_mutex_unlock (&fetcher->lock);
  if (!keep)
    curl_easy_cleanup (curl);
}

static size_t
on_data (char *data, size_t size, size_t n, void *user)
{
  Reply *reply = user;
  if (reply->body->len + size * n > reply->max_size)
    {
      reply->too_long = TRUE;
      return 0;
    }
  g_byte_array_append (reply->body, (const guint8 *)data, (guint)(size * n));
  return size * n;
}

static int
on_progress (void *user,
             curl_off_t down_all,
             curl_off_t down_now,
             curl_off_t up_all,
             curl_off_t up_now)
{
  Reply *reply = user;
  return g_atomic_int_get (&reply->fetcher->stop) ? 1 : 0;
}

static void
set_request (CURL *curl, const MhFetch *wanted)
{
  gboolean https = g_ascii_strncasecmp (wanted->url, "https:", 6) == 0;
  curl_easy_setopt (curl, CURLOPT_URL, wanted->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_REDIR_PROTOCOLS_STR, https ? "https" : "http,https");
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, wanted->redirects > 0 ? 1L : 0L);
  curl_easy_setopt (curl, CURLOPT_MAXREDIRS, (long)wanted->redirects);

  if (wanted->body != NULL || g_str_equal (wanted->method, "POST"))
    {
      curl_easy_setopt (curl, CURLOPT_POST, 1L);
      curl_easy_setopt (curl, CURLOPT_POSTFIELDS, wanted->body != NULL ? wanted->body : "");
      curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE,
                        (long)(wanted->body != NULL ? strlen (wanted->body) : 0));
    }

  /* On a connection used before, libcurl sends a request again by itself when the other side hangs
   * up without an answer; what makes something must not be sent twice behind our back. */
  curl_easy_setopt (curl, CURLOPT_FRESH_CONNECT, g_str_equal (wanted->method, "GET") ? 0L : 1L);
  if (!g_str_equal (wanted->method, "GET") && !g_str_equal (wanted->method, "POST"))
    curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, wanted->method);
  if (wanted->user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      curl_easy_setopt (curl, CURLOPT_USERNAME, wanted->user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, wanted->password);
    }
}

static struct curl_slist *
fetch_set_headers (CURL *curl, const MhFetch *wanted)
{
  struct curl_slist *lines = curl_slist_append (NULL, "Expect:");
  if (wanted->content_type != NULL)
    {
      g_autofree char *line = g_strconcat ("Content-Type: ", wanted->content_type, NULL);
      lines = curl_slist_append (lines, line);
    }
  if (wanted->header != NULL)
    lines = curl_slist_append (lines, wanted->header);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, lines);
  return lines;
}

static void
set_limits (CURL *curl, const MhFetch *wanted, Reply *reply)
{
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(wanted->connect_time / 1000));
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, (long)(wanted->total_time / 1000));
  curl_easy_setopt (curl, CURLOPT_USERAGENT, "Mahima/" MAHIMA_VERSION);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_data);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, reply);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, reply);
}

/* Until a connection stands, nothing can have arrived at the other side. */
static gboolean
was_sent (CURLcode code)
{
  return code != CURLE_COULDNT_CONNECT && code != CURLE_COULDNT_RESOLVE_HOST
         && code != CURLE_COULDNT_RESOLVE_PROXY && code != CURLE_SSL_CONNECT_ERROR
         && code != CURLE_PEER_FAILED_VERIFICATION && code != CURLE_URL_MALFORMAT
         && code != CURLE_UNSUPPORTED_PROTOCOL;
}

static void
fetch_read_answer (CURL *curl, CURLcode code, Reply *reply, MhFetched *fetched)
{
  long status = 0;
  char *type = NULL;
  curl_off_t wait = 0;

  fetched->sent = was_sent (code);
  if (code != CURLE_OK)
    {
      fetched->error
          = g_strdup (reply->too_long ? "The answer is too long." : curl_easy_strerror (code));
      return;
    }

  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (curl, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo (curl, CURLINFO_RETRY_AFTER, &wait);
  fetched->status = (guint)status;
  fetched->content_type = g_strdup (type);
  fetched->retry_after = (guint)CLAMP (wait, 0, 3600);
}

MhFetched *
mh_fetcher_ask (MhFetcher *fetcher, const MhFetch *wanted)
{
  MhFetched *fetched = g_new0 (MhFetched, 1);
  Reply reply = { fetcher, g_byte_array_new (), wanted->max_size, FALSE };
  CURL *curl = take_handle (fetcher);

  set_request (curl, wanted);
  set_limits (curl, wanted, &reply);
  struct curl_slist *lines = fetch_set_headers (curl, wanted);
  CURLcode code = curl_easy_perform (curl);

  fetch_read_answer (curl, code, &reply, fetched);
  curl_slist_free_all (lines);
  give_handle (fetcher, curl);
  fetched->body = g_byte_array_free_to_bytes (reply.body);
  return fetched;
}
