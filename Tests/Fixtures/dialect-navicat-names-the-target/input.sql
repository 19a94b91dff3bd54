/*
 Navicat Premium Data Transfer

 Source Server Type    : MySQL
 Target Server Type    : PostgreSQL
*/

INSERT INTO "public"."t" VALUES (1, 'C:\new');
