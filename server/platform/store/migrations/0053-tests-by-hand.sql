-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which tests may be done without an analyser: those whose method says so already.

ALTER TABLE test ADD COLUMN by_hand BOOLEAN;

UPDATE test SET by_hand = TRUE
  WHERE lower(method) LIKE '%manual%' OR lower(method) LIKE '%microscop%' OR lower(method) LIKE '%stain%'
     OR lower(method) LIKE '%film%' OR lower(method) LIKE '%bedside%' OR lower(method) LIKE '%culture%'
     OR lower(method) LIKE '%immunochromatography%' OR lower(method) LIKE '%column agglutination%';
