-- -------------------------------------------------------------
-- TablePlus 6.0.0(550)
--
-- https://tableplus.com/
--
-- Database: shop
-- Generation Time: 2026-01-01 00:00:00.0000
-- -------------------------------------------------------------


DROP TABLE IF EXISTS "public"."items";
-- This script only contains the table creation statements and does not fully represent the table in the database. Do not use it as a backup.

-- Sequence and defined type
CREATE SEQUENCE IF NOT EXISTS items_id_seq;

-- Table Definition
CREATE TABLE "public"."items" (
    "id" int4 NOT NULL DEFAULT nextval('items_id_seq'::regclass),
    "name" varchar(60) DEFAULT 'a;b'::character varying,
    "price" numeric(10,2),
    "open" bool NOT NULL DEFAULT true,
    "doc" jsonb,
    "seen" timestamptz DEFAULT now(),
    PRIMARY KEY ("id")
);

INSERT INTO "public"."items" ("id", "name", "price", "open", "doc", "seen") VALUES
(1, 'it''s "here" in C:\new', 1.10, 't', '{"a": [1.10, null]}', '2026-01-01 00:00:00+00'),
(2, 'two
lines; 中 😀', -0.50, 'f', NULL, NULL),
(3, NULL, NULL, 't', '"\\n"', 'infinity');
