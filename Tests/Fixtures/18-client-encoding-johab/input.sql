--
-- PostgreSQL database dump
--

SET client_encoding = 'JOHAB';
SET standard_conforming_strings = on;

CREATE TABLE public.t (
    c text,
    d text
);

COPY public.t (c, d) FROM stdin;
ˆa\nÙg	\\
\.


--
-- PostgreSQL database dump complete
--
