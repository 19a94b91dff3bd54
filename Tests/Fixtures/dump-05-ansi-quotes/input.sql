-- MySQL dump 10.13
/*!40101 SET SQL_MODE='ANSI,NO_AUTO_VALUE_ON_ZERO' */;
CREATE TABLE "t" ("a" int, "s" text);
INSERT INTO "t" VALUES (1,'"');
-- Dump completed on 2026-01-01
