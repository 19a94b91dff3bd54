-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (r real, d double precision);
COPY public.t (r, d) FROM stdin;
1.5	1e+300
-0	-0
NaN	Infinity
3.4028235e+38	-Infinity
1e-45	0.1
\.
-- PostgreSQL database dump complete
