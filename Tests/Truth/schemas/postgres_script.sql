-- A script as people write them by hand: every spelling of a literal, every spelling of INSERT and COPY.
CREATE SCHEMA IF NOT EXISTS shop;
CREATE TABLE IF NOT EXISTS words (id int PRIMARY KEY, t text, b bytea, d double precision, n numeric(8,2), y boolean, bits bit varying(8), a integer[]);
insert into words values (1, E'a\nb\\c\'d\x41\101\u00e9\U0001F600', '\x00ff', 0.5, 1.10, true, B'101', '{1,2}'),
  (2, U&'d\0061t\+000061', E'\\x41', .5, +2.00, 'f', X'1F', '{}'::int[]), (3, $$it's a "dollar"$$, '\x'::bytea, -0.25, -3.00, FALSE, b'', NULL);
INSERT INTO public.words (t, id) VALUES ($x$with $$ inside$x$, 4), ('adjacent'
  ' strings', 5), ('cast'::character varying(20)::text, 6), (CAST('x' AS text), 7), (text 'typed', 8);
INSERT INTO "words" AS w ("id", t, y) OVERRIDING SYSTEM VALUE VALUES (9, 'it''s', 't'), (10, 'back\slash', TRUE) ON CONFLICT (id) DO NOTHING RETURNING id;
INSERT INTO words (id, t, d) VALUES (11, /* inline /* nested */ still */ 'x', 'NaN'), (12, -- to the end; of the line
'y', 'Infinity'::float8), (13, NULL, -1500);
COPY words (id, t) FROM STDIN;
14	tab\there
15	\N
16	\\N
\.
COPY words (id, t) FROM stdin WITH (FORMAT csv);
17,"it's, ""x"""
18,
19,""
\.
copy words (id, t) from stdin with delimiter '|' null 'nil';
20|a	b
21|nil
\.
