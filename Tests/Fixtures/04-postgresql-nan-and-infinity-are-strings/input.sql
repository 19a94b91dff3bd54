-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (n numeric, m numeric(10,2));
COPY public.t (n, m) FROM stdin;
NaN	1.10
Infinity	-0.01
-Infinity	\N
\.
-- PostgreSQL database dump complete
