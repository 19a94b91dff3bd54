-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (r int4range, c public.pair, h public.hstore);
COPY public.t (r, c, h) FROM stdin;
[1,10)	(1,"a b")	"a"=>"1"
empty	(,)	\N
\.
-- PostgreSQL database dump complete
