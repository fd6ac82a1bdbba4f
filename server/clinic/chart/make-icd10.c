/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-icd10 TABLE.csv.gz OUT.packed OUT.c: at build time, the shipped ICD-10 as the server reads
 * it, and the source that makes it a part of the program. */
#include <gio/gio.h>
#include <stdio.h>

#include "shared/rules/clinic/mh-icd10.h"

static char *
read_table (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) packed = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (packed == NULL)
    return NULL;

  g_autoptr (GConverter) gunzip
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (packed, gunzip);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;

  gsize length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)), length);
}

static gboolean
write_source (const char *path, const char *packed, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (packed, NULL);
  g_autofree char *text = g_strdup_printf ("/* Made by make-icd10. */\n"
                                           "__asm__ (\".section .rodata\\n\"\n"
                                           "         \".balign 8\\n\"\n"
                                           "         \".globl mh_icd_shipped_size\\n\"\n"
                                           "         \"mh_icd_shipped_size: .quad 1f - 0f\\n\"\n"
                                           "         \".globl mh_icd_shipped\\n\"\n"
                                           "         \"mh_icd_shipped:\\n\"\n"
                                           "         \"0: .incbin \\\"%s\\\"\\n\"\n"
                                           "         \"1: .text\\n\");\n",
                                           whole);

  return g_file_set_contents (path, text, -1, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 4)
    {
      fprintf (stderr, "usage: make-icd10 TABLE.csv.gz OUT.packed OUT.c\n");
      return 2;
    }

  char *csv = read_table (argv[1], &error);
  g_autoptr (GBytes) packed = csv != NULL ? mh_icd10_pack (csv, &error) : NULL;
  if (packed != NULL
      && g_file_set_contents (argv[2], g_bytes_get_data (packed, NULL),
                              (gssize)g_bytes_get_size (packed), &error)
      && write_source (argv[3], argv[2], &error))
    return 0;

  fprintf (stderr, "make-icd10: %s\n", error->message);
  return 1;
}
