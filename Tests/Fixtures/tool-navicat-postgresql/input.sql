/*
 Navicat Premium Data Transfer

 Source Server         : local
 Source Server Type    : PostgreSQL
 Source Server Version : 150005 (150005)
 Source Host           : localhost:5432
 Source Catalog        : shop
 Source Schema         : public

 Target Server Type    : PostgreSQL
 Target Server Version : 150005 (150005)
 File Encoding         : 65001

 Date: 01/01/2026 00:00:00
*/


-- ----------------------------
-- Sequence structure for items_id_seq
-- ----------------------------
DROP SEQUENCE IF EXISTS "public"."items_id_seq";
CREATE SEQUENCE "public"."items_id_seq" 
INCREMENT 1
MINVALUE  1
MAXVALUE 2147483647
START 1
CACHE 1;

-- ----------------------------
-- Table structure for items
-- ----------------------------
DROP TABLE IF EXISTS "public"."items";
CREATE TABLE "public"."items" (
  "id" int4 NOT NULL DEFAULT nextval('items_id_seq'::regclass),
  "name" varchar(60) COLLATE "pg_catalog"."default" DEFAULT 'a;b'::character varying,
  "price" numeric(10,2),
  "open" bool NOT NULL DEFAULT true,
  "doc" jsonb,
  "seen" timestamptz(6) DEFAULT now(),
  "tags" text[] COLLATE "pg_catalog"."default",
  "code" char(4) COLLATE "pg_catalog"."default"
)
;
COMMENT ON COLUMN "public"."items"."name" IS 'it''s; a "name"';

-- ----------------------------
-- Records of items
-- ----------------------------
INSERT INTO "public"."items" VALUES (1, 'it''s "here" in C:\new', 1.10, 't', '{"a": [1.10, null]}', '2026-01-01 00:00:00+00', '{a,"b,c"}', 'ab  ');
INSERT INTO "public"."items" VALUES (2, 'two
lines; 中 😀', -0.50, 'f', NULL, NULL, NULL, NULL);
INSERT INTO "public"."items" ("id", "name", "price", "open", "doc", "seen", "tags", "code") VALUES (3, NULL, NULL, 't', '"\\n"', 'infinity', '{}', '    ');

-- ----------------------------
-- Function structure for refill
-- ----------------------------
DROP FUNCTION IF EXISTS "public"."refill"();
CREATE OR REPLACE FUNCTION "public"."refill"()
  RETURNS "pg_catalog"."void" AS $BODY$
BEGIN
  INSERT INTO "public"."items" ("id") VALUES (100);
END
$BODY$
  LANGUAGE plpgsql VOLATILE
  COST 100;

-- ----------------------------
-- Alter sequences owned by
-- ----------------------------
ALTER SEQUENCE "public"."items_id_seq"
OWNED BY "public"."items"."id";
SELECT setval('"public"."items_id_seq"', 3, true);

-- ----------------------------
-- Primary Key structure for table items
-- ----------------------------
ALTER TABLE "public"."items" ADD CONSTRAINT "items_pkey" PRIMARY KEY ("id");
