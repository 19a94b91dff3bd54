\connect one
SET client_encoding = 'UTF8';
CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE DOMAIN a.status AS integer;
CREATE TYPE b.status AS ENUM ('new', '007');
CREATE DOMAIN a."Status" AS boolean;
CREATE DOMAIN public.amount AS numeric;
CREATE DOMAIN b.amount AS text;
CREATE DOMAIN a.money AS integer;
CREATE TABLE a.t (s a.status, l a.status[], q a."Status", m money, n a.money);
CREATE TABLE b.t (s b.status, l b.status[], x public.amount, y b.amount);
SET search_path = b, a;
CREATE TABLE c (s status, x amount);
SET search_path = a, pg_catalog;
CREATE TABLE d (s status, m money);
SET search_path = public;
CREATE TABLE e (x amount);
INSERT INTO a.t VALUES ('007', '{007,8}', 't', '$1.00', '010');
INSERT INTO b.t VALUES ('007', '{007,new}', '1.10', '1.10');
INSERT INTO b.c VALUES ('007', '1.10');
INSERT INTO a.d VALUES ('007', '010');
INSERT INTO e VALUES ('1.10');
\connect two
SET client_encoding = 'UTF8';
CREATE DOMAIN public.amount AS text;
CREATE DOMAIN public.other AS integer;
CREATE TABLE public.e (x public.amount, o public.other);
INSERT INTO public.e VALUES ('1.10', '007');
