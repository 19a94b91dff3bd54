-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (a integer, s text);
CREATE TABLE public.n ();
COPY public.t  FROM stdin;
1	x\ty\\\n
\.
COPY public.n  FROM stdin;


\.
INSERT INTO public.t DEFAULT VALUES;
-- PostgreSQL database dump complete
