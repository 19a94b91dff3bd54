-- Names in need of quotes, and several schemas with the same table.
CREATE SCHEMA other;
CREATE SCHEMA "Größe 单 ""q"".x";
CREATE TABLE same (id integer PRIMARY KEY, t text);
CREATE TABLE other.same (id integer PRIMARY KEY, t numeric);
CREATE TABLE "Größe 单 ""q"".x".same (id integer PRIMARY KEY, t jsonb);
INSERT INTO same VALUES (1, 'public');
INSERT INTO other.same VALUES (1, 1.10);
INSERT INTO "Größe 单 ""q"".x".same VALUES (1, '{"x": 1.10}');
CREATE TABLE other."select" ("from" integer PRIMARY KEY, "Where" text, "two words" integer, "qu""ote" integer, "it's" integer, "back\slash" integer, "com,ma" integer, "paren)" integer, "中文" text, "tab	x" integer, "nl
x" integer, "😀" integer);
INSERT INTO other."select" VALUES (1, 'x', 2, 3, 4, 5, 6, 7, '中', 8, 9, 10);
CREATE TABLE "Case" (id integer PRIMARY KEY);
CREATE TABLE "case" (id integer PRIMARY KEY);
INSERT INTO "Case" VALUES (1);
INSERT INTO "case" VALUES (2), (3);
CREATE TABLE "dot.ted" ("x.y" integer PRIMARY KEY);
INSERT INTO "dot.ted" VALUES (1);
CREATE TABLE "COPY x FROM stdin;" (id integer PRIMARY KEY);
INSERT INTO "COPY x FROM stdin;" VALUES (1);
CREATE TYPE other."Mood ""x""" AS ENUM ('a, b');
CREATE DOMAIN other."Whole" AS bigint;
CREATE TABLE other.typed (id integer PRIMARY KEY, m other."Mood ""x""", ms other."Mood ""x"""[], w other."Whole", ws other."Whole"[]);
INSERT INTO other.typed VALUES (1, 'a, b', '{"a, b"}', 9223372036854775807, '{1,2}');
CREATE TABLE "data" ("constraint" integer PRIMARY KEY, "check" integer, "like" integer, "primary" integer);
INSERT INTO "data" VALUES (1, 2, 3, 4);
