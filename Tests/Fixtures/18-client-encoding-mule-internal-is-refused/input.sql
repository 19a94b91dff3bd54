--
-- PostgreSQL database dump
--

SET client_encoding = 'MULE_INTERNAL';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text,
    d text
);

COPY public.t (c, d) FROM stdin;
a	b
\.


--
-- PostgreSQL database dump complete
--
