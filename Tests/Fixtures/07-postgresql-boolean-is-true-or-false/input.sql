-- PostgreSQL database dump
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TABLE public.t (b boolean);
COPY public.t (b) FROM stdin;
t
f
\N
\.
INSERT INTO public.t VALUES (true), (false), (NULL);
-- PostgreSQL database dump complete
