-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $_$
COPY public.fake (a) FROM stdin;
1
\.
INSERT INTO public.fake VALUES (1);
$_$;
CREATE TABLE public.t (a integer);
CREATE VIEW public.v AS SELECT t.a FROM public.t;
CREATE SEQUENCE public.s START WITH 1;
COPY public.t (a) FROM stdin;
1
\.
SELECT pg_catalog.setval('public.s', 1, false);
-- PostgreSQL database dump complete
