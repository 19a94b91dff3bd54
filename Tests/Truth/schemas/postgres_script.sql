-- A script as people write them by hand: many spellings of a literal, of INSERT, of a comment.
CREATE SCHEMA IF NOT EXISTS shop;
CREATE TABLE IF NOT EXISTS words (id int PRIMARY KEY, t text, b bytea, d double precision, n numeric(8,2), y boolean, bits bit varying(8), a integer[]);
insert into words values (1, E'a\nb\\c\'d\x41\101\u00e9\U0001F600', '\x00ff', 0.5, 1.10, true, B'101', '{1,2}'),
  (2, 'x', E'\\x41', .5, +2.00, 'f', b'11', '{}'::int[]), (3, $$it's a "dollar"$$, '\x'::bytea, -0.25, -3.00, FALSE, b'', NULL);
INSERT INTO public.words (id, t) VALUES (4, $x$with $$ inside$x$), (5, 'on two
lines'), (6, 'cast'::character varying(20)::text);
INSERT INTO "words" ("id", t, y) OVERRIDING SYSTEM VALUE VALUES (9, 'it''s', 't'), (10, 'back\slash', TRUE) ON CONFLICT (id) DO NOTHING;
INSERT INTO words (id, t, d) VALUES (11, /* inline */ 'x', 'NaN'), (12, -- to the end; of the line
'y', 'Infinity'::float8), (13, NULL, -1500);
INSERT INTO words (id, t) VALUES (18, true), (19, FALSE), (20, 12), (21, 1.50), (22, 0);
COPY words (id, t) FROM STDIN;
14	tab\there
15	\N
16	\\N
\.
insert into words (id) values (17)
