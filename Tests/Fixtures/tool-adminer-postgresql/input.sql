-- Adminer 4.8.1 PostgreSQL 15.5 dump

DROP TABLE IF EXISTS "items";
DROP SEQUENCE IF EXISTS items_id_seq;
CREATE SEQUENCE items_id_seq INCREMENT 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1;

CREATE TABLE "public"."items" (
    "id" integer DEFAULT nextval('items_id_seq') NOT NULL,
    "name" character varying(60) DEFAULT 'a;b',
    "price" numeric(10,2),
    "open" boolean DEFAULT true NOT NULL,
    "doc" jsonb,
    "seen" timestamptz,
    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
) WITH (oids = false);

COMMENT ON COLUMN "public"."items"."name" IS 'it''s; a "name"';

INSERT INTO "items" ("id", "name", "price", "open", "doc", "seen") VALUES
(1,	'it''s "here" in C:\new',	1.10,	't',	'{"a": [1.10, null]}',	'2026-01-01 00:00:00+00'),
(2,	'two
lines; 中 😀',	-0.50,	'f',	NULL,	NULL),
(3,	NULL,	NULL,	't',	'"\\n"',	'infinity');

-- 2026-01-01 00:00:00.000000+00
