-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.n ();
COPY public.n  FROM stdin;
x
y

\.
-- PostgreSQL database dump complete
