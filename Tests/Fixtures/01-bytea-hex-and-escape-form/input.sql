-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (id integer, b bytea);
COPY public.t (id, b) FROM stdin;
1	\\x00ff41
2	\\x
3	\N
4	ab\\000\\\\c
\.
-- PostgreSQL database dump complete
