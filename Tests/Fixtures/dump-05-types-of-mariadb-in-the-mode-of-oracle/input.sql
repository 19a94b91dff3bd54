-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
CREATE TABLE "t" (
  "id" int(11) NOT NULL,
  "d" mariadb_schema.date DEFAULT NULL,
  "n" mariadb_schema.decimal(5,2) DEFAULT NULL,
  PRIMARY KEY ("id")
);
INSERT INTO "t" VALUES (1,'2026-01-01',1.10);
-- Dump completed on 2026-01-01
