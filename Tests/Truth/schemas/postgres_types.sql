-- Every kind of type of PostgreSQL, at its ends.
CREATE EXTENSION hstore;
CREATE TABLE integers (id serial PRIMARY KEY, s smallint, i integer, b bigint, ss smallserial, bs bigserial, o oid);
INSERT INTO integers VALUES (1, -32768, -2147483648, -9223372036854775808, 1, 1, 0), (2, 32767, 2147483647, 9223372036854775807, 2, 2, 4294967295),
  (3, NULL, NULL, NULL, 3, 9007199254740993, NULL), (4, 0, -1, 9007199254740993, 4, 4, 1);

CREATE TABLE numerics (id integer PRIMARY KEY, n numeric, n2 numeric(12,2), wide numeric(1000,500), below numeric(3,-2), tiny numeric(3,5), r real, d double precision, f float(3));
INSERT INTO numerics VALUES (1, 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN', 'NaN'),
  (2, 'Infinity', 1.10, 1e499, 12345, 0.00999, 'Infinity', 'Infinity', 1), (3, '-Infinity', -0.01, -1e-500, -12345, 0.00001, '-Infinity', '-Infinity', -1),
  (4, 1.10, 0, 0.1, 0, 0, '-0', '-0', 0), (5, 1e1000, 9999999999.99, 1, 100, NULL, 3.4028235e38, 1.7976931348623157e308, 1e30),
  (6, 1e-1000, NULL, NULL, NULL, NULL, 1e-45, 5e-324, 1e-30), (7, 0, NULL, NULL, NULL, NULL, 0.1, 0.1, 0.1), (8, -0.0, NULL, NULL, NULL, NULL, 16777216, 1e15, 100000000),
  (9, 1000000000000000000000000000000000000000, NULL, NULL, NULL, NULL, 1e16, 1e16, 1e7), (10, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE money_and_truth (id integer PRIMARY KEY, m money, t boolean);
INSERT INTO money_and_truth VALUES (1, '92233720368547758.07', true), (2, '-92233720368547758.08', false), (3, '1234.5', NULL), (4, NULL, true);

CREATE TABLE texts (id integer PRIMARY KEY, c character(10), c1 "char", v character varying(50), t text, n name);
INSERT INTO texts VALUES (1, 'ab', 'x', 'ab ', '', 'name'), (2, '', '', '', NULL, ''), (3, NULL, NULL, NULL, 'NULL', NULL), (4, '中文', NULL, '\N', '\N', 'n'), (5, 'a b  ', 'y', '\.', '\.', 'n'),
  (6, E'tab\t', NULL, E'back\\', E'\\', 'it''s'), (7, E'nl\n', NULL, E'a\r\nb', E'\n', '"q"'), (8, ' ', NULL, ' ', E'\b\f\v\x01\x7f', 'n'), (9, '', NULL, '"', '""', 'n'), (10, ',', NULL, ',', '","', 'n'),
  (11, '{', NULL, '{a,b}', 'COPY public.texts FROM stdin;', 'n'), (12, '$$', NULL, '$$;', E'-- \n', 'n'), (13, '''', NULL, '''', ''');', 'n'), (14, 'é', NULL, '😀', 'é é', 'ñ'),
  (15, 't', NULL, 'f', 'true', 'n'), (16, '1.10', NULL, '0042', '1e400', 'n'), (17, '', NULL, '\\', E'\\x00', 'n'), (18, '#', NULL, E'\\\\.', E'a\n\\.\nb', 'n'), (19, '', NULL, E'\\N', E'x\\N', 'n'), (20, 'e', NULL, E'\u2028', repeat('long 中文 " '' \ ', 9000), 'n');

CREATE TABLE bytes (id integer PRIMARY KEY, b bytea);
INSERT INTO bytes VALUES (1, ''), (2, NULL), (3, '\x00'), (4, '\xdeadbeef'), (5, '\x5c'), (6, '\x275c220a0d09'), (7, 'text'),
  (8, decode((SELECT string_agg(lpad(to_hex(n), 2, '0'), '' ORDER BY n) FROM generate_series(0, 255) n), 'hex')), (9, decode(repeat('00ff5c27', 20000), 'hex'));

CREATE TABLE moments (id integer PRIMARY KEY, d date, t time, t3 time(3), tz timetz, ts timestamp, ts3 timestamp(3), tstz timestamptz, i interval, iy interval year to month, ids interval day to second(3));
INSERT INTO moments VALUES
  (1, '4713-01-01 BC', '00:00:00', '24:00:00', '00:00:00+15:59', '4713-01-01 00:00:00 BC', '2024-02-29 23:59:59.9996', '4713-01-02 00:00:00+00 BC', '0', '1 year 2 months', '1 02:03:04.5678'),
  (2, '5874897-12-31', '24:00:00', '12:34:56.789', '23:59:59.999999-15:59', '294276-12-31 23:59:59.999999', '1970-01-01', '294276-12-31 00:00:00+00', '-178000000 years', '-3 months', '-00:00:00.001'),
  (3, 'infinity', '12:34:56.789012', '00:00:00.0005', '12:00:00+05:30', 'infinity', '-infinity', 'infinity', '1 year -2 mons 3 days -04:05:06.789', '0', '0'),
  (4, '-infinity', NULL, NULL, NULL, '-infinity', NULL, '-infinity', '178000000 years', NULL, NULL), (5, '0001-12-31 BC', NULL, NULL, NULL, '0044-03-15 12:00:00 BC', NULL, '1883-11-18 12:00:00+00', '@ 1 minute ago', NULL, NULL),
  (6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE documents (id integer PRIMARY KEY, j json, b jsonb);
INSERT INTO documents VALUES (1, '{}', '{}'), (2, 'null', 'null'), (3, NULL, NULL), (4, '{"same": 1, "same": 2}', '{"same": 1, "same": 2}'), (5, '{"b": 1.10, "a": 1e400, "c": 12345678901234567890123.4500}', '{"b": 1.10, "a": 1e400, "c": 12345678901234567890123.4500}'),
  (6, E' {\n "x" :\t[ 1 , 2 ] } ', '[1, 2, {"k": []}]'), (7, '"\u0000 \ud83d\ude00 \/"', '"\ud83d\ude00 \/ \" \\"'), (8, '{"中文": "😀", "": null}', '{"中文": "😀", "": null}'), (9, '-0', '-0'), (10, '-0.0', '-0.0'), (11, '1E+2', '1E+2'),
  (12, '{"deep": {"k": 1, "k": 1}}', '{"deep": {"k": 1}}'), (13, '[[[[[[[[[[]]]]]]]]]]', '"it''s"'), (15, '1.000000000000000000000000000000000000', '1.000000000000000000000000000000000000');

CREATE TYPE mood AS ENUM ('ok', 'so, so', 'it''s', '"q"', '中文', 'back\slash', '{}', 'NULL');
CREATE TYPE place AS (street text, number integer, tags text[]);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN tagged AS text[] CHECK (array_length(VALUE, 1) < 9);
CREATE DOMAIN amount AS numeric(10,2) DEFAULT 0;
CREATE DOMAIN smaller AS positive CHECK (VALUE < 100);
CREATE TABLE made_types (id integer PRIMARY KEY, m mood, p place, ps place[], ms mood[], pos positive, t tagged, a amount, s smaller, h hstore);
INSERT INTO made_types VALUES (1, 'ok', ROW('Main, "St"', 5, '{a,"b c"}'), ARRAY[ROW('x', 1, NULL)::place, NULL], '{ok,"so, so",NULL,"NULL"}', 5, '{x,y}', 1.10, 9, 'a=>1, b=>NULL, "it''s"=>"x\"y"'),
  (2, 'so, so', ROW(NULL, NULL, NULL), '{}', '{}', NULL, '{}', 0, NULL, ''), (3, 'it''s', ROW('', 0, '{}'), NULL, '{"\"q\"",it''s,中文,"back\\slash","{}"}', 1, NULL, NULL, 1, NULL),
  (4, '"q"', NULL, NULL, NULL, 2147483647, '{"",NULL}', -1.5, 99, '"中文"=>"😀"'), (5, '中文', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (6, 'back\slash', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (7, 'NULL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE arrays (id integer PRIMARY KEY, i integer[], b bigint[], n numeric(10,2)[], f double precision[], t text[], v varchar(10)[], bo boolean[], by bytea[], d date[], ts timestamptz[], j jsonb[], u uuid[], c char(4)[], bx box[], r int4range[]);
INSERT INTO arrays VALUES
  (1, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
  (2, '{1,NULL,-3}', '{9223372036854775807,-9007199254740993}', '{1.10,NaN,-0.01}', '{0.1,NaN,Infinity,-0,1e300}', '{a,NULL,"NULL","","a b","a,b","{x}","it''s","say \"hi\"","back\\slash"," lead",中文,😀}', '{x,"y z"}', '{t,f,NULL}', ARRAY['\x00ff'::bytea, '', NULL], '{2024-01-01,infinity,"0044-03-15 BC"}', '{"2024-01-01 00:00:00+00"}', ARRAY['{"a": [1, "x"]}'::jsonb, 'null', '"s"', NULL], '{00112233-4455-6677-8899-aabbccddeeff}', '{ab,""}', '{(1,1),(0,0);(2,2),(1,1)}', '{"[1,5)",empty}'),
  (3, '{{1,2},{3,4}}', '{{{1},{2}},{{3},{4}}}', '{{1.00}}', '{{1},{2}}', '{{a,NULL},{"c,d","}"}}', '{{x}}', '{{t},{f}}', ARRAY[ARRAY['\x5c'::bytea]], '{{2024-01-01}}', NULL, ARRAY[ARRAY['1'::jsonb, '2']], NULL, '{{a},{b}}', NULL, NULL),
  (4, '[0:1]={7,8}', '[-5:-4]={1,2}', '[2:2]={1.1}', '[1:1]={1}', '[0:0]={"x"}', '[0:1][1:2]={{a,b},{c,d}}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (6, '{NULL}', NULL, NULL, NULL, E'{"tab\\\there","nl\\\nx","\\\\\\"","\\{"}', '{NULL,null}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (7, NULL, NULL, NULL, NULL, ARRAY[E'\t', E'\n', E'\\', '"', '''', '\N', 'null', 'NuLL', ' ', ',', E'\r'], NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE ranges (id integer PRIMARY KEY, i int4range, b int8range, n numrange, ts tsrange, tz tstzrange, d daterange, im int4multirange, nm nummultirange, dm datemultirange);
INSERT INTO ranges VALUES (1, '[1,5)', '[,9223372036854775807)', '(1.10,2.20]', '[2024-01-01 00:00:00,2024-01-02 12:00:00)', '[2024-01-01 00:00:00+00,)', '[2024-01-01,2024-02-01)', '{[1,2),[5,6)}', '{(,1.1],[2.2,)}', '{}'),
  (2, 'empty', '(,)', 'empty', '(,)', 'empty', '(,2024-01-01)', '{}', NULL, '{[2024-01-01,2024-02-01)}'), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE odd_types (id integer PRIMARY KEY, u uuid, ip inet, net cidr, mac macaddr, mac8 macaddr8, b3 bit(3), bv bit varying(20), x xml, v tsvector, q tsquery, p point, l line, ls lseg, bx box, pt path, pg polygon, c circle, jp jsonpath, lsn pg_lsn);
INSERT INTO odd_types VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', B'101', B'10101', '<a b="c">it''s &amp; "x"</a>', 'a fat cat:3 ''it''''s'':1A', 'fat & (rat | ''it''''s'')', '(1,2)', '{1,2,3}', '[(0,0),(1,1)]', '(1,1),(0,0)', '((0,0),(1,1),(2,0))', '((0,0),(1,1),(2,0))', '<(1,2),3>', '$.a[*] ? (@.b > 1)', '16/B374D848'),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (3, NULL, '::1', '2001:db8::/32', NULL, NULL, B'000', B'', '', '', NULL, '(-0,1e300)', NULL, NULL, NULL, '[(0,0),(1,1)]', NULL, NULL, '"x"', '0/0');

CREATE TABLE computed (id integer GENERATED ALWAYS AS IDENTITY, price numeric(10,2), doubled numeric GENERATED ALWAYS AS (price * 2) STORED, note text DEFAULT 'a, (b); ''c''', seq bigint GENERATED BY DEFAULT AS IDENTITY, PRIMARY KEY (id));
INSERT INTO computed (price, note) VALUES (1.10, 'x'), (NULL, NULL), (0, 'it''s');

CREATE TABLE dropped (id integer PRIMARY KEY, gone text, kept text, gone_too numeric, last integer);
INSERT INTO dropped VALUES (1, 'a', 'b', 1, 2);
ALTER TABLE dropped DROP COLUMN gone, DROP COLUMN gone_too;
ALTER TABLE dropped ADD COLUMN added text DEFAULT 'later';
INSERT INTO dropped VALUES (2, 'c', 3, NULL);

CREATE TABLE no_columns ();
INSERT INTO no_columns DEFAULT VALUES;
INSERT INTO no_columns DEFAULT VALUES;
CREATE TABLE no_columns_no_rows ();
CREATE TABLE nothing_here (id integer PRIMARY KEY, t text);
CREATE TABLE one_column (t text);
INSERT INTO one_column VALUES (NULL), (''), ('NULL'), ('\N'), ('\.'), (E'\n'), ('a');

CREATE TABLE measured (id integer NOT NULL, at date NOT NULL, v numeric(6,2)) PARTITION BY RANGE (at);
CREATE TABLE measured_2023 PARTITION OF measured FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE measured_rest PARTITION OF measured DEFAULT;
INSERT INTO measured VALUES (1, '2023-05-05', 1.10), (2, '2024-05-05', 2.20), (3, '2023-06-06', NULL);

CREATE TABLE parent (id integer PRIMARY KEY, name text, big bigint);
CREATE TABLE child (extra jsonb) INHERITS (parent);
CREATE TABLE grandchild (more numeric[]) INHERITS (child);
INSERT INTO parent VALUES (1, 'parent', 9007199254740993);
INSERT INTO child VALUES (2, 'child', NULL, '{"x": 1.10}');
INSERT INTO grandchild VALUES (3, 'grand', 5, '[]', '{1.10,2}');

CREATE VIEW a_view AS SELECT id, 'COPY public.texts (id) FROM stdin;'::text AS fake FROM integers;
CREATE MATERIALIZED VIEW stored_view AS SELECT id FROM integers;
CREATE SEQUENCE alone START 5;
CREATE FUNCTION fake_copy() RETURNS text LANGUAGE plpgsql AS $body$
BEGIN
  -- COPY public.integers (id) FROM stdin;
  INSERT INTO integers VALUES (100, 1, 1, 1, 1, 1, 1);
  RETURN 'COPY public.integers (id) FROM stdin;
101
\.
';
END;
$body$;
CREATE FUNCTION dollars() RETURNS text LANGUAGE sql AS $_$ SELECT '$body$ INSERT INTO integers (id) VALUES (102);'::text $_$;
COMMENT ON TABLE integers IS 'it''s a comment;
COPY public.integers (id) FROM stdin;
103
\.
INSERT INTO integers (id) VALUES (104);
';
CREATE FUNCTION on_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER changed BEFORE UPDATE ON texts FOR EACH ROW EXECUTE FUNCTION on_change();
CREATE RULE quiet AS ON DELETE TO nothing_here DO INSTEAD NOTHING;
