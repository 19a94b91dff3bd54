SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE DOMAIN public.amount AS numeric;
CREATE TABLE public.users (id integer, a public.amount);
