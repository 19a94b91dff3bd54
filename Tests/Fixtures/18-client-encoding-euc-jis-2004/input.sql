--
-- PostgreSQL database dump
--

SET client_encoding = 'EUC_JIS_2004';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text,
    d text
);

COPY public.t (c, d) FROM stdin;
Íß¤÷	®¡
\.


--
-- PostgreSQL database dump complete
--
