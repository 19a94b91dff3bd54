--
-- PostgreSQL database dump
--

SET client_encoding = 'GB18030';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text,
    d text
);

COPY public.t (c, d) FROM stdin;
ḿ	x
\.


--
-- PostgreSQL database dump complete
--
