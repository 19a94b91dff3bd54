--
-- PostgreSQL database dump
--

SET client_encoding = 'EUC_JP';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text,
    d text
);

COPY public.t (c, d) FROM stdin;
­¡	x
\.


--
-- PostgreSQL database dump complete
--
