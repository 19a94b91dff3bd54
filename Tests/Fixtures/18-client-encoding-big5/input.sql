--
-- PostgreSQL database dump
--

SET client_encoding = 'BIG5';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text,
    d text
);

COPY public.t (c, d) FROM stdin;
¢F¥\	\\\n\N
\.


--
-- PostgreSQL database dump complete
--
