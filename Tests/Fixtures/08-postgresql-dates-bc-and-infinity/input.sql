-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (d date, ts timestamp with time zone, i interval);
COPY public.t (d, ts, i) FROM stdin;
0044-03-15 BC	infinity	1 year 2 mons -3 days +04:05:06.789
-infinity	2026-01-01 00:00:00+05:45	\N
\.
-- PostgreSQL database dump complete
