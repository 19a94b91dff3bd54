-- PostgreSQL database dump
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = on;
CREATE TABLE public.t (s text);
COPY public.t (s) FROM stdin;
café
\.
-- PostgreSQL database dump complete
