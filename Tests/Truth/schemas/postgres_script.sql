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
SET standard_conforming_strings = off; BEGIN; SET LOCAL standard_conforming_strings TO on; INSERT INTO words (id, t) VALUES (30, 'a\n'); COMMIT;
INSERT INTO words (id, t) VALUES (31, 'b\n'); RESET standard_conforming_strings; INSERT INTO words (id, t) VALUES (32, 'c\n'), (33, N'd  ');
CREATE TABLE again (a int); INSERT INTO again VALUES (1); DROP TABLE again; CREATE TABLE again (a varchar(9), b character(3)); INSERT INTO again VALUES (N'x ', N'y  ');
CREATE TABLE emptied (a int); INSERT INTO emptied VALUES (1); TRUNCATE emptied; INSERT INTO emptied VALUES (2); DELETE FROM emptied; INSERT INTO emptied VALUES (3);
CREATE TABLE altered (a int, b text, c int); ALTER TABLE ONLY altered ADD COLUMN d bytea, ALTER b TYPE boolean USING b::boolean, DROP COLUMN c; ALTER TABLE altered RENAME a TO id;
INSERT INTO altered VALUES (1, 't', '\x00');
COPY words (id, t, y) FROM STDIN WITH (FORMAT csv, HEADER, FORCE_NULL (y), FORCE_NOT_NULL (t), DELIMITER ';');
id;t;y
50;;""
51;"";t
\.
COPY again (a) FROM stdin USING DELIMITERS '|' WITH NULL AS '-';
-
\.
insert into words (id) values (17)
